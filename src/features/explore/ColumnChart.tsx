import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Dimension } from '../../app/explore';
import { count, plural } from '../../ui/format';
import { BarChart } from '../../ui/BarChart';
import { Histogram } from '../../ui/Histogram';
import { oneLine } from '../../ui/plot-scale';
import { chosenCounts, levelsReading, numberReading, sum } from './readings';
import { useSession } from './session';
import { capital, dimensionName, formatOf, levelName, momentName, someEdges } from './words';

/** Any countable column: bars to switch on and off, or a histogram to drag a range over. Both narrow everything else. */
export function ColumnChart({ dimension: d, title, note }: { dimension: Dimension; title?: string; note?: string }) {
  return d.kind === 'levels' || d.kind === 'tags' ? <LevelBars d={d} title={title} /> : <NumberBars d={d} title={title} note={note} />;
}

const LIMIT = 10;

function useCounts(d: Dimension) {
  const s = useSession();
  const c = s.countsOf(d.id)!;
  const { now, all, what } = chosenCounts(d, c, s.by, s.nouns);
  const filtered = s.filters.some((f) => f.dimension !== d.id);
  // What the bar would be if the selection were like all data.
  const scale = filtered ? sum(now) / Math.max(1, sum(all)) : 1;
  return { s, now, all, what, filtered, scale };
}

function LevelBars({ d, title }: { d: Dimension; title?: string }) {
  const { s, now, all, what, filtered, scale } = useCounts(d);
  const filter = s.filterOf(d.id);
  const selected = useMemo(() => new Set(filter && 'levels' in filter ? filter.levels : []), [filter]);
  const bars = useMemo(() => {
    const levels = [...d.levels, ''];
    const order = levels.map((_, c) => c).filter((c) => all[c]! > 0 || selected.has(levels[c]!));
    // What has none stands last; what is chosen stays in sight.
    order.sort((a, b) => Number(levels[a] === '') - Number(levels[b] === '') || Number(selected.has(levels[b]!)) - Number(selected.has(levels[a]!)) || now[b]! - now[a]! || all[b]! - all[a]! || a - b);
    return order.map((c) => ({ key: levels[c]!, label: levelName(levels[c]!), value: now[c]!, ...(filtered ? { total: all[c]! * scale } : {}) }));
  }, [d, now, all, filtered, scale, selected]);
  // With few levels all are drawn, "(none)" too.
  const limit = bars.length <= LIMIT + 2 ? bars.length : LIMIT;
  const name = title ?? dimensionName(d, s.nouns);
  return (
    <BarChart
      title={name}
      aside={plural(d.levels.length, 'value')}
      bars={bars}
      limit={limit}
      nameLabel={capital(oneLine(d.name, 40))}
      valueLabel={capital(what)}
      format={(v) => count(Math.round(v))}
      totalLabel="Expected"
      exportName={`${d.id} ${what}`}
      selected={selected}
      onToggle={(key) => s.toggleLevel(d.id, key)}
      reading={levelsReading(d, now, all, filtered, what, d.table === 'users' ? s.nouns.users : s.nouns.items)}
      rest={`${count(bars.length - limit)} more: find one above, or see the table`}
      controls={
        bars.length > limit ? (
          <Select
            size="xs"
            searchable
            limit={60}
            value={null}
            placeholder={`Find in ${oneLine(d.name, 30)}…`}
            aria-label={`Find in ${name}`}
            nothingFoundMessage="Nothing of that name"
            data={d.levels.map((level, c) => ({ value: String(c), label: oneLine(level, 80) || '(blank)' }))}
            onChange={(c) => c !== null && !selected.has(d.levels[Number(c)] ?? '') && s.toggleLevel(d.id, d.levels[Number(c)] ?? '')}
          />
        ) : undefined
      }
    />
  );
}

function NumberBars({ d, title, note }: { d: Dimension; title?: string; note?: string }) {
  const { s, now, all, what, filtered, scale } = useCounts(d);
  const filter = s.filterOf(d.id);
  const bins = useMemo(() => Array.from({ length: d.edges.length - 1 }, (_, b) => ({ x0: d.edges[b]!, x1: d.edges[b + 1]!, value: now[b]!, ...(filtered ? { total: all[b]! * scale } : {}) })), [d, now, all, filtered, scale]);
  const time = d.kind === 'time';
  const format = useMemo(() => formatOf(d), [d]);
  return (
    <Histogram
      title={title ?? dimensionName(d, s.nouns)}
      aside={note ?? (d.missing > 0 ? `${count(d.missing)} without` : undefined)}
      bins={bins}
      xLabel={time ? capital(d.unit ?? 'time') : capital(oneLine(d.name, 40))}
      yLabel={capital(what)}
      xScale={d.scale}
      {...(d.scale === 'log' && d.ofEntities ? { yScale: 'log' as const } : {})}
      height={time ? 170 : 200}
      xFormat={format}
      yFormat={(v) => count(Math.round(v))}
      {...(time ? { ticks: someEdges(d.edges), binLabel: (b: { x0: number }) => momentName(b.x0, d.unit) } : {})}
      totalLabel="Expected"
      exportName={`${d.id} ${what}`}
      range={filter && 'from' in filter ? [filter.from, filter.to] : null}
      onRange={(range, done) => s.setRange(d.id, range, done)}
      reading={numberReading(d, now, what, format, d.ofEntities ? s.nouns.rows : null)}
    />
  );
}
