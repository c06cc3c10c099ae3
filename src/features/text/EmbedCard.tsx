import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { asksForHub, chooseColumns, chooseJoin, embedColumns, useText } from '../../app/text';
import { textsOf, type TextColumnFacts } from '../../app/text-columns';
import { held, useWorkspace } from '../../app/workspace';
import { coverageOf, SHORT } from '../../text/coverage';
import { Card } from '../../ui/Card';
import { count, percent, plural, seconds } from '../../ui/format';
import { EncoderPicker } from './EncoderPicker';
import { chosenEncoder, isLearner, settingsFault } from './chosen-encoder';
import css from './TextScreen.module.css';

const KINDS = { text: 'text', categorical: 'category', tags: 'labels' } as const;

/** Which columns, which encoder, go. */
export function EmbedCard({ columns, items }: { columns: readonly TextColumnFacts[]; items: number }) {
  const chosen = useText((s) => s.columns).filter((name) => columns.some((c) => c.name === name));
  const join = useText((s) => s.join);
  const busy = useText((s) => s.progress !== null);
  const needsHub = useText(asksForHub);
  const fault = useText((s) => (isLearner(s.encoder) ? settingsFault(s.encoder, s.settings[s.encoder] ?? {}) : null));
  const toggle = (name: string): void => {
    // Kept in the order they stand on screen: it is the order in which they are joined.
    chooseColumns(columns.map((c) => c.name).filter((n) => (n === name) !== chosen.includes(n)));
  };
  const many = chosen.length > 1;
  const reason = chosen.length === 0 ? 'Choose at least one column.' : needsHub ? 'MiniLM is not here: choose below where it may come from.' : fault;
  return (
    <Card title="Embed" aside={plural(items, 'item')} className={css.form}>
      <fieldset className={css.group} disabled={busy}>
        <legend>Columns</legend>
        {columns.map((c) => (
          <ColumnChoice key={c.name} facts={c} checked={chosen.includes(c.name)} onToggle={() => toggle(c.name)} />
        ))}
        {many && (
          <SegmentedControl
            aria-label="Several columns"
            fullWidth
            value={join ? 'join' : 'each'}
            onChange={(v) => chooseJoin(v === 'join')}
            data={[
              { value: 'each', label: 'Each on its own' },
              { value: 'join', label: 'As one text' },
            ]}
          />
        )}
        {many && <p className={css.hint}>{join ? `One vector for “${chosen.join(' + ')}”.` : `${chosen.length} sets of vectors, to be compared in training.`}</p>}
      </fieldset>
      <EncoderPicker disabled={busy} />
      <div>
        <Button fullWidth disabled={busy || reason !== null} onClick={() => void embedColumns(chosen, chosenEncoder(), { join: many && join })} aria-describedby={reason ? 'embed-reason' : undefined}>
          {busy ? 'Embedding…' : many ? (join ? 'Embed as one text' : `Embed ${chosen.length} columns`) : chosen[0] ? `Embed ${chosen[0]}` : 'Embed'}
        </Button>
        {reason && (
          <p className={css.hint} id="embed-reason">
            {reason}
          </p>
        )}
        <Outcome />
      </div>
    </Card>
  );
}

function ColumnChoice({ facts: c, checked, onToggle }: { facts: TextColumnFacts; checked: boolean; onToggle: () => void }) {
  const total = c.filled + c.missing;
  return (
    <Checkbox
      checked={checked}
      iconColor="var(--on-primary)"
      onChange={onToggle}
      disabled={c.filled === 0}
      label={
        <>
          {c.name} <span className={css.kind}>{KINDS[c.kind]}</span>
        </>
      }
      description={
        c.filled === 0 ? (
          'Empty throughout.'
        ) : (
          <>
            {count(c.filled)} texts{c.missing > 0 && `, ${percent(c.missing / total)} missing`}
            {c.distinct < c.filled && `, ${count(c.distinct)} distinct`}; median {plural(c.medianLength, 'character')}
            <Readable name={c.name} />
            <span className={css.sample} title={c.sample}>
              “{c.sample}”
            </span>
          </>
        )
      }
    />
  );
}

/** Texts looked at for the line below; evenly spaced where there are more. */
const LOOKED_AT = 3000;

/** What MiniLM may not read well in a column; nothing where all is well. */
function Readable({ name }: { name: string }) {
  const hash = useWorkspace((s) => s.data?.hash);
  const c = useMemo(() => {
    const texts = hash && held.data ? (textsOf(held.data.items, [name]) ?? []) : [];
    const step = Math.max(1, Math.ceil(texts.length / LOOKED_AT));
    return { ...coverageOf(texts.filter((_, i) => i % step === 0)), sampled: step > 1 };
  }, [hash, name]);
  const filled = c.texts - c.empty;
  const said = [
    ...(c.short > 0 ? [`${percent(c.short / filled)} under ${SHORT} words`] : []),
    ...(c.foreign > 0 ? [`${percent(c.foreign / c.guessed)} of those long enough to tell look like another language than English, which MiniLM knows little of`] : []),
  ];
  if (said.length === 0) return null;
  return <span className={css.sample}>{said.join('; ')}{c.sampled ? ` (of ${count(c.texts)} looked at)` : ''}</span>;
}

function Outcome() {
  const results = useText((s) => s.results);
  return (
    <output className={`${css.hint} ${css.block}`}>
      {results.map((r) => (
        <div key={r.column}>
          {r.column}: {r.embedded === 0 ? `all ${count(r.reused)} distinct texts came from the cache in ${seconds(r.seconds)}.` : `${plural(r.embedded, 'text')} embedded in ${seconds(r.seconds)}`}
          {r.embedded > 0 && r.perSecond !== null && ` (${count(r.perSecond)} a second)`}
          {r.embedded > 0 && (r.reused > 0 ? `, ${count(r.reused)} came from the cache.` : '.')} {r.facts.join(' ')}
        </div>
      ))}
    </output>
  );
}
