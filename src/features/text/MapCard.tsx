import { Select } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { askLearned, learnerBehind } from '../../app/learned-text';
import { setQuery, useQuery } from '../../app/url';
import { held, type VectorFacts } from '../../app/workspace';
import { labelOf, type Column } from '../../core/dataset';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { count, plural } from '../../ui/format';
import { Cloud, type CloudHandle } from '../recommend/map/Cloud';
import { bytesOf, colouring } from '../recommend/map/colours';
import { useLayout } from '../recommend/map/use-layout';
import { useScheme } from '../recommend/map/use-scheme';
import map from '../recommend/map/map.module.css';
import { useQuestion } from './reasons';
import css from './TextScreen.module.css';

const BY_TOPIC = 'topic ';
const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The corpus in two dimensions, coloured by topic or column; a click shows an item's neighbours. */
export function MapCard({ vectorKey, vectors }: { vectorKey: string; vectors: readonly VectorFacts[] }) {
  const items = held.data!.items;
  const query = useQuery();
  const wanted = query.get('item');
  const { dark, token } = useScheme();
  const { layout, problem } = useLayout(vectorKey, null, false);
  const cloud = useRef<CloudHandle>(null);
  const topicSets = vectors.filter((v) => learnerBehind(v.encoder)?.id === 'lda' && held.vectors.has(v.key));
  const columns = items.columns.filter((c) => c.kind !== 'text' && !(c.kind === 'categorical' && c.levels.length > 0.9 * items.ids.length));
  const options = [...topicSets.map((v) => ({ value: BY_TOPIC + v.key, label: `topic (LDA of ${v.column}, ${v.dim})` })), ...columns.map((c) => ({ value: c.name, label: c.name }))];
  // Eight colours say little about hundreds of labels: start with topics, else a column of few.
  const few = columns.find((c) => c.kind === 'categorical' && c.levels.length <= 24);
  const shown = options.find((o) => o.value === query.get('by'))?.value ?? (topicSets.length > 0 ? options[0]?.value : few?.name) ?? options[0]?.value ?? '';
  const topics = topicSets.find((v) => BY_TOPIC + v.key === shown) ?? null;
  const answer = useQuestion(`map topics ${topics?.encoder}`, topics ? (o) => askLearned('topics', topics, { terms: 3 }, o) : null);
  const named = answer.state === 'ready' ? answer.value : null;

  const colours = useMemo(() => {
    const table = topics ? { ...items, columns: [topicColumn(topics.key, named?.topics.map((t) => t.terms.map(({ term }) => term).join(' · ')))] } : items;
    return colouring({ by: topics ? 'topic' : shown, items: table, temperature: null, degree: null, dark, token });
  }, [topics, named, shown, items, dark, token]);
  const points = layout ? layout.xy.length / 2 : 0;
  const looks = useMemo(() => {
    const none = bytesOf(token('--faint'));
    const groups = colours.legend.map((l) => bytesOf(l.colour));
    const rgba = new Uint8Array(points * 4);
    const size = new Uint8Array(points);
    for (let p = 0; p < points; p++) {
      const g = colours.group[p]!;
      rgba.set([...(groups[g] ?? none), g < 0 ? 110 : 215], p * 4);
      size[p] = layout?.empty?.[p] ? 0 : points > 30_000 ? 3 : points > 5000 ? 4 : 7; // no text, no place
    }
    return { rgba, size, shape: new Uint8Array(points) };
  }, [layout, points, colours, token]);
  const chosen = wanted === null ? -1 : items.ids.indexOf(wanted);
  const nameOf = (p: number): string => clip(labelOf(items, p), 48);
  return (
    <Card title="Map of the texts" aside={layout ? plural(points, 'item') : 'laying out…'} padded={false}>
      {problem && <ErrorPanel title="The map cannot be drawn" what={problem} />}
      {options.length > 0 && (
        <div className={css.peek}>
          <Select label="Colour by" data={options} value={shown} onChange={(v) => v && setQuery({ by: v })} allowDeselect={false} />
        </div>
      )}
      {layout && (
        <>
          <Cloud ref={cloud} xy={layout.xy} rgba={looks.rgba} size={looks.size} shape={looks.shape} selected={chosen >= 0 ? [chosen] : []} overlays={[]} named={chosen >= 0 ? [chosen] : []} nameOf={nameOf} label={`Map of ${plural(points, 'text')}.`} lasso={false} onSelect={(p) => p[0] !== undefined && setQuery({ item: items.ids[p[0]] ?? null })} />
          <ul className={map.legend} aria-label="Legend of the map">
            {colours.legend.map((l) => (
              <li key={l.label} className={map.other}>
                <i style={{ background: l.colour, display: 'inline-block' }} /> {clip(l.label, 40)} <small>{count(l.count)}</small>
              </li>
            ))}
          </ul>
          <p className={map.words}>{layout.words} Click a point to see its neighbours.</p>
        </>
      )}
    </Card>
  );
}

/** The largest topic of each text as a column, from vectors that are square roots of topic shares. */
function topicColumn(key: string, names: readonly string[] | undefined): Column {
  const { vectors, dim } = held.vectors.get(key)!;
  const codes = Int32Array.from({ length: vectors.length / dim }, (_, i) => {
    let best = -1;
    for (let k = 0; k < dim; k++) if (vectors[i * dim + k]! > (best < 0 ? 0 : vectors[i * dim + best]!)) best = k;
    return best;
  });
  return { kind: 'categorical', name: 'topic', codes, levels: Array.from({ length: dim }, (_, k) => names?.[k] ?? `topic ${k + 1}`) };
}
