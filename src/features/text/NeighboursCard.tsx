import { Button, Select, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import { textsOf } from '../../app/text-columns';
import { setQuery, useQuery } from '../../app/url';
import { held } from '../../app/workspace';
import { labelOf } from '../../core/dataset';
import { Card } from '../../ui/Card';
import { count, plural, rate } from '../../ui/format';
import { Help } from '../../ui/Help';
import { Reading } from '../../ui/Reading';
import { nearest, rowNorms } from './neighbours';
import { audienceOf, audienceOverlap, readVectors, verdict, type Audience, type TextReading } from './text-reading';
import { reasonWords, useReasons } from './reasons';
import { SentencesWhy } from './SentencesWhy';
import css from './TextScreen.module.css';

const NEIGHBOURS = 10;
/** Options listed at a time; the rest is found by typing. */
const LISTED = 40;

/** One item and the ten whose vectors point most nearly the same way. `columns`: where the texts stand, null if unknown. */
export function NeighboursCard({ vectorKey, columns }: { vectorKey: string; columns: string[] | null }) {
  const query = useQuery();
  const wanted = query.get('item');
  const world = useMemo(() => {
    const v = held.vectors.get(vectorKey);
    const items = held.data?.items;
    if (!v || !items) return null;
    const norms = rowNorms(v);
    const filled = items.ids.flatMap((_, i) => (norms[i]! > 0 ? [i] : []));
    const texts = columns ? textsOf(items, columns) : null;
    const options = filled.map((i) => ({ value: String(i), label: labelOf(items, i) }));
    const audience = held.data ? audienceOf(held.data.interactions, items.ids.length) : null;
    return { v, items, filled, texts, options, audience };
    // The columns follow from the vectors' name.
    // oxlint-disable-next-line react/exhaustive-deps -- a new array with the same names must not rebuild 20,000 options
  }, [vectorKey]);

  // Asked for by source id in the address, so that a link means the same item elsewhere.
  const item = useMemo(() => {
    if (!world) return null;
    const index = wanted === null ? -1 : world.items.ids.indexOf(wanted);
    return world.filled.includes(index) ? index : (world.filled[world.filled.length >> 1] ?? null);
  }, [world, wanted]);
  const rows = useMemo(() => (world && item !== null ? nearest(world.v, item, NEIGHBOURS) : []), [world, item]);

  const answer = useReasons({ column: world?.v.column ?? '', encoder: world?.v.encoder ?? '' }, world ? item : null, 4 * NEIGHBOURS);
  const show = (i: number): void => setQuery({ item: world?.items.ids[i] ?? null });
  const another = (): void => {
    const others = world?.filled ?? [];
    if (others.length > 0) show(others[Math.floor(Math.random() * others.length)]!);
  };
  useScreenCommands(item === null ? [] : [{ id: 'text another', group: 'Text', label: 'Another item', keywords: ['random', 'neighbours'], run: another }]);
  if (!world || item === null) return null;
  const reasons = new Map(answer.state === 'ready' ? answer.value.map((n) => [n.item, n.reasons]) : []);
  const byMiniLm = world.v.encoder.startsWith('minilm@');
  return (
    <Card
      title={`Nearest by ${world.v.column}`}
      aside={
        <Help term="cosine">
          The cosine of the angle between two vectors: 1 where they point the same way, about 0 where the texts have nothing in common. Computed over all {count(world.filled.length)} items that have a text.
        </Help>
      }
      padded={false}
      footer={<WhatTheyKnow vectorKey={vectorKey} texts={world.texts} />}
    >
      <div className={css.peek}>
        <div className={css.search}>
          <Select
            label="Item"
            placeholder="Type to search"
            searchable
            data={world.options}
            limit={LISTED}
            value={String(item)}
            onChange={(value) => value !== null && show(Number(value))}
            allowDeselect={false}
            nothingFoundMessage="No item of that name has a text"
            maxDropdownHeight={280}
          />
          <Button variant="default" onClick={another}>
            Another item
          </Button>
        </div>
        <Snippet text={world.texts?.[item]} label={labelOf(world.items, item)} whole />
        <ol className={css.neighbours} aria-label={`Nearest to ${labelOf(world.items, item)}`} aria-live="polite">
          {rows.map(({ item: i, cosine }) => (
            <li key={i}>
              <UnstyledButton className={css.name} onClick={() => show(i)} title="Show the neighbours of this item">
                {labelOf(world.items, i)}
              </UnstyledButton>
              <span className={css.cosine}>
                <i style={{ width: `${Math.max(0, cosine) * 100}%` }} aria-hidden="true" />
                <span>{rate(cosine, 3)}</span>
              </span>
              <Snippet text={world.texts?.[i]} label={labelOf(world.items, i)} />
              {world.audience && <SharedUsers audience={world.audience} a={item} b={i} />}
              {reasons.get(i)?.length ? <p className={css.reasons}>because of {reasonWords(reasons.get(i)!, 5)}</p> : null}
              {byMiniLm && world.texts?.[item] && world.texts[i] && <SentencesWhy key={`${item} ${i}`} a={world.texts[item]} b={world.texts[i]} name={labelOf(world.items, i)} />}
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}

/** Whether the neighbour by text is one by taste, too. */
function SharedUsers({ audience, a, b }: { audience: Audience; a: number; b: number }) {
  const { a: own, b: other, both } = audienceOverlap(audience, a, b);
  return (
    <span className={css.shared} title={`${plural(own, 'user')} of the item above, ${count(other)} of this one, ${count(both)} of both`}>
      {both ? plural(both, 'shared user') : 'no shared users'}
    </span>
  );
}

/** The text behind a vector, unless it only repeats the label. */
function Snippet({ text, label, whole = false }: { text: string | undefined; label: string; whole?: boolean }) {
  if (!text || text === label) return null;
  return (
    <p className={whole ? css.text : css.snippet} title={whole ? undefined : text}>
      {text}
    </p>
  );
}

function WhatTheyKnow({ vectorKey, texts }: { vectorKey: string; texts: readonly string[] | null }) {
  const [reading, setReading] = useState<TextReading | 'working' | null>('working');
  useEffect(() => {
    const stop = new AbortController();
    const v = held.vectors.get(vectorKey);
    if (!v || !held.data) return;
    void readVectors(v, texts, held.data.interactions, stop.signal).then((r) => {
      if (!stop.signal.aborted) setReading(r);
    });
    return () => stop.abort();
  }, [vectorKey, texts]);
  if (reading === 'working') return <Reading>comparing neighbours with random pairs…</Reading>;
  if (reading === null) return <Reading>fewer than 20 items have a text, too few to say what the vectors know.</Reading>;
  if (reading.items === 0) return <Reading>all texts are the same, so none is nearer than another: these vectors tell no item from another.</Reading>;
  return (
    <Reading>
      the nearest other text is at a median cosine of {rate(reading.nearestCosine, 2)}, a random one at {rate(reading.randomCosine, 2)}. {verdict(reading)}{' '}
      <span className={css.faint}>
        {count(reading.items)} items sampled, {count(reading.pairs)} random pairs, all interactions
      </span>
    </Reading>
  );
}
