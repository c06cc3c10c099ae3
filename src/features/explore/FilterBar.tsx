import { Button, CloseButton, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Filter } from '../../app/explore';
import { setQuery } from '../../app/url';
import { count } from '../../ui/format';
import { oneLine } from '../../ui/plot-scale';
import { anchorOf, goTo, SECTIONS, type SectionId } from './sections';
import { useSession, type Session } from './session';
import { capital, dimensionName, figure, formatOf, levelName, momentName } from './words';
import css from './explore.module.css';

/** Always in sight: where one is, how much is selected, and by what. */
export function FilterBar({ sections }: { sections: readonly SectionId[] }) {
  const s = useSession();
  const current = useCurrent(sections);
  const { interactions, users, items } = s.brush.counts;
  const all = s.schema.counts;
  return (
    <div className={css.bar}>
      <div className={css.line}>
        <nav aria-label="Parts of this screen">
          <ul className={css.nav}>
            {SECTIONS.filter((x) => sections.includes(x.id)).map((x) => (
              <li key={x.id}>
                <button
                  type="button"
                  aria-current={current === x.id ? 'true' : undefined}
                  onClick={() => {
                    setQuery({ section: x.id });
                    goTo(x.id);
                  }}
                >
                  {x.id === 'users' ? capital(s.nouns.users) : x.id === 'items' ? capital(s.nouns.items) : x.title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        {!s.schema.alone && <SegmentedControl
          aria-label="What the bars count"
          size="xs"
          value={s.by}
          onChange={(by) => setQuery({ by: by === 'entities' ? 'entities' : null })}
          data={[{ value: 'rows', label: `Count ${s.nouns.rows}` }, { value: 'entities', label: `Count ${s.nouns.users} and ${s.nouns.items}` }]}
        />}
        <span className={css.counts} role="status">
          <b>{count(interactions)}</b> {s.filters.length > 0 && <>of {count(all.interactions)} </>}
          {s.nouns.rows}
          {!s.schema.alone && <> · <b>{count(users)}</b> {s.nouns.users} · <b>{count(items)}</b> {s.nouns.items}</>}
        </span>
      </div>
      {s.filters.length > 0 && (
        <ul className={css.chips} aria-label="Filters in force">
          {s.filters.map((f) => (
            <li key={f.dimension} className={css.chip}>
              <span>
                <b>{labelOf(s, f)}</b> {valueOf(s, f)}
              </span>
              <CloseButton size={18} iconSize={12} aria-label={`Clear ${labelOf(s, f)}`} onClick={() => s.clear(f.dimension)} />
            </li>
          ))}
          <li>
            <Button variant="subtle" size="compact-sm" h={24} onClick={() => s.clear()}>
              Clear all
            </Button>
          </li>
          <li className={css.pale}>Faint bars behind: what a selection like all data would show.</li>
        </ul>
      )}
      {s.refused.length > 0 && (
        <p className={css.notice} role="alert">
          {s.refused.join(' ')} <button type="button" onClick={() => s.clear()}>Clear the filters</button>
        </p>
      )}
    </div>
  );
}

function labelOf(s: Session, f: Filter): string {
  const d = s.dimension(f.dimension);
  if (!d) return f.dimension;
  // Users and items may both have a country.
  const doubled = s.schema.dimensions.filter((o) => o.name === d.name).length > 1;
  return `${dimensionName(d, s.nouns)}${doubled ? ` of ${s.nouns[d.table === 'users' ? 'user' : 'item']}` : ''}`;
}

export function valueOf(s: Session, f: Filter): string {
  if ('levels' in f) return f.levels.length <= 3 ? f.levels.map((l) => oneLine(levelName(l), 40)).join(', ') : `${oneLine(levelName(f.levels[0]!), 40)} and ${f.levels.length - 1} more`;
  const d = s.dimension(f.dimension);
  if (d?.kind === 'time') return `${momentName(f.from, d.unit)} until before ${momentName(f.to, d.unit)}`;
  const say = d ? formatOf(d) : figure;
  const whole = d !== undefined && Number.isInteger(f.from) && Number.isInteger(f.to) && d.edges.every(Number.isInteger);
  if (whole && f.to - f.from === 1) return say(f.from);
  return `${say(f.from)} to ${whole ? say(f.to - 1) : `below ${say(f.to)}`}`;
}

/** The part whose heading was last scrolled past. */
function useCurrent(sections: readonly SectionId[]): SectionId {
  const [current, setCurrent] = useState<SectionId>('overview');
  useEffect(() => {
    const main = document.getElementById(anchorOf('overview'))?.closest('main');
    if (!main) return;
    const look = (): void => {
      const top = main.getBoundingClientRect().top + 140;
      const passed = sections.filter((id) => (document.getElementById(anchorOf(id))?.getBoundingClientRect().top ?? Infinity) <= top);
      const atEnd = main.scrollTop + main.clientHeight >= main.scrollHeight - 4;
      setCurrent((atEnd && main.scrollTop > 0 ? sections.at(-1) : passed.at(-1)) ?? 'overview');
    };
    look();
    main.addEventListener('scroll', look, { passive: true });
    return () => main.removeEventListener('scroll', look);
  }, [sections]);
  return current;
}
