import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { learnerBehind } from '../../app/learned-text';
import { setQuery, useQuery } from '../../app/url';
import { held, type VectorFacts } from '../../app/workspace';
import { labelOf } from '../../core/dataset';
import { Card } from '../../ui/Card';
import { rate } from '../../ui/format';
import { Reading } from '../../ui/Reading';
import { encoderName } from '../../text/encoder-name';
import { nearest, rowNorms, type Neighbour } from './neighbours';
import { reasonWords, useReasons } from './reasons';
import css from './TextScreen.module.css';

const SHOWN = 5;

/** For one item, what each set of vectors takes to be near, and why where it can say. */
export function SideBySideCard({ vectors }: { vectors: readonly VectorFacts[] }) {
  const wanted = useQuery().get('item');
  const items = held.data?.items;
  const options = useMemo(() => items?.ids.map((_, i) => ({ value: String(i), label: labelOf(items, i) })) ?? [], [items]);
  const item = useMemo(() => {
    if (!items) return null;
    const index = wanted === null ? -1 : items.ids.indexOf(wanted);
    return index >= 0 ? index : items.ids.length >> 1;
  }, [items, wanted]);
  const lists = useMemo(
    () =>
      vectors.map((facts) => {
        const v = held.vectors.get(facts.key);
        return { facts, rows: v && item !== null && rowNorms(v)[item] ? nearest(v, item, SHOWN) : [] };
      }),
    [vectors, item],
  );
  if (!items || item === null) return null;
  const times = new Map<number, number>();
  for (const { rows } of lists) for (const { item: i } of rows) times.set(i, (times.get(i) ?? 0) + 1);
  const agreed = [...times.values()].filter((n) => n > 1).length;
  return (
    <Card title="Side by side" aside="bold: near by more than one" padded={false} footer={<Reading>{agreed === 0 ? `no two of these ${lists.length} sets agree on any of the ${SHOWN} nearest: they read the text in different ways.` : `${agreed} of the ${times.size} items listed are near by more than one set of vectors.`}</Reading>}>
      <div className={css.ask2}>
        <Select label="Item" searchable data={options} limit={40} value={String(item)} onChange={(value) => value !== null && setQuery({ item: items.ids[Number(value)] ?? null })} allowDeselect={false} nothingFoundMessage="No item of that name" maxDropdownHeight={280} w={340} maw="100%" />
      </div>
      <div className={css.sides}>
        {lists.map(({ facts, rows }) => (
          <Side key={facts.key} facts={facts} rows={rows} item={item} times={times} />
        ))}
      </div>
    </Card>
  );
}

function Side({ facts, rows, item, times }: { facts: VectorFacts; rows: readonly Neighbour[]; item: number; times: ReadonlyMap<number, number> }) {
  const items = held.data!.items;
  const answer = useReasons(facts, item, 40);
  const reasons = new Map(answer.state === 'ready' ? answer.value.map((n) => [n.item, n.reasons]) : []);
  return (
    <section aria-label={`Nearest by ${facts.column}, ${encoderName(facts.encoder)}`}>
      <h3>
        {encoderName(facts.encoder)} <span className={css.faint}>on {facts.column}</span>
      </h3>
      {rows.length === 0 ? (
        <p className={css.hint}>This item has no text here.</p>
      ) : (
        <ol>
          {rows.map(({ item: i, cosine }) => (
            <li key={i} data-shared={(times.get(i) ?? 0) > 1 || undefined}>
              <div>
                <span>{labelOf(items, i)}</span>
                <span>{rate(cosine, 2)}</span>
              </div>
              {reasons.get(i)?.length ? <p className={css.reasons}>{reasonWords(reasons.get(i)!, 3)}</p> : null}
            </li>
          ))}
        </ol>
      )}
      {learnerBehind(facts.encoder) === null && !facts.encoder.startsWith('minilm') && !facts.encoder.startsWith('hashed') && <p className={css.hint}>Not learned on this device: no reasons.</p>}
    </section>
  );
}
