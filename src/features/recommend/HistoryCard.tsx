import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ServedHistory } from '../../../workers/protocol';
import type { EntityTable } from '../../core/dataset';
import type { Served } from '../../app/serve';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { count, plural } from '../../ui/format';
import { useWidth } from '../../ui/use-width';
import { clip, itemLabel, secondLine, SLICE_OF } from './item-words';
import { SliceBadge } from './slice-badge';
import shared from './recommend.module.css';
import css from './history-card.module.css';

const NEWEST = 6;

export function useHistory(served: Served | null, user: number | null): ServedHistory | null {
  const [answer, setAnswer] = useState<{ served: Served; user: number; history: ServedHistory } | null>(null);
  useEffect(() => {
    if (!served || user === null) return;
    let wanted = true;
    served.history(user).then((history) => wanted && setAnswer({ served, user, history }), () => undefined);
    return () => {
      wanted = false;
    };
  }, [served, user]);
  return answer && answer.served === served && answer.user === user ? answer.history : null;
}

/** What a user has, along time, with what was held out of training. */
export function HistoryCard({ history, served, items }: { history: ServedHistory; served: Served; items: EntityTable }) {
  const [all, setAll] = useState(false);
  const newest = [...history.train].reverse();
  const held = [...history.validation.map((item) => ({ item, part: 'validation' })), ...history.test.map((item) => ({ item, part: 'test' }))];
  const cold = history.train.filter((h) => (served.temperature[h.item] ?? 0) > 0).length;
  return (
    <Card
      title="History"
      aside={`${plural(history.train.length, 'item')} in training${cold > 0 ? `, ${count(cold)} cold` : ''} · ${held.length > 0 ? `${plural(held.length, 'item')} held out` : 'nothing held out'}`}
     
    >
      {history.train.length === 0 ? (
        <p className={shared.hint}>Nothing of this user is in training, so no model can know their taste: what they get is what everybody gets.</p>
      ) : (
        <TimeLine history={history} served={served} items={items} />
      )}
      <ul className={css.chips} aria-label="Newest items and held-out items">
        {newest.slice(0, NEWEST).map((h) => (
          <li key={h.item} className={css.chip} title={`${itemLabel(items, h.item)}${h.value === null ? '' : ` · value ${h.value}`}`}>{clip(itemLabel(items, h.item), 34)}</li>
        ))}
        {held.map((h) => (
          <li key={`${h.part} ${h.item}`} className={css.chip} data-held title={itemLabel(items, h.item)}>
            {h.part}: {clip(itemLabel(items, h.item), 34)}
          </li>
        ))}
        {history.train.length > 0 && (
          <li>
            <Button variant="subtle" className={shared.more} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'Hide the table' : `All ${count(history.train.length)} as a table`}
            </Button>
          </li>
        )}
      </ul>
      {all && (
        <DataTable
          caption="History in training, newest first" maxHeight={320}
          columns={[{ key: 'label', label: 'Item' }, { key: 'second', label: 'What', align: 'left' }, { key: 'slice', label: 'Slice', align: 'left' }, ...(newest[0]?.time != null ? [{ key: 'time', label: 'Last' }] : []), ...(newest[0]?.value != null ? [{ key: 'value', label: 'Value' }] : [])]}
          rows={newest.map((h) => ({ label: clip(itemLabel(items, h.item)), second: secondLine(items, h.item), slice: <SliceBadge temperature={served.temperature[h.item] ?? 0} />, time: h.time === null ? '' : day(h.time), value: h.value === null ? '' : count(h.value) }))}
        />
      )}
    </Card>
  );
}

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
const HEIGHT = 44;

/** One stroke per item where it last happened; without times, in the order of the file. */
function TimeLine({ history, served, items }: { history: ServedHistory; served: Served; items: EntityTable }) {
  const [box, width] = useWidth<HTMLDivElement>(700);
  const { train } = history;
  const times = train.map((h) => h.time);
  const hasTime = times.every((t): t is number => t !== null);
  const low = hasTime ? Math.min(...(times as number[])) : 0;
  const high = hasTime ? Math.max(...(times as number[])) : train.length - 1;
  const x = (h: (typeof train)[number], n: number): number => 4 + (high > low ? ((hasTime ? h.time! : n) - low) / (high - low) : 0.5) * (width - 8);
  const most = Math.max(1, ...train.map((h) => h.value ?? 1));
  const words = hasTime ? `${plural(train.length, 'item')} from ${day(low)} to ${day(high)}` : `${plural(train.length, 'item')} in the order of the file`;
  return (
    <div ref={box} className={css.line}>
      <svg width={width} height={HEIGHT} role="img" aria-label={`Time line: ${words}`}>
        <line x1={0} x2={width} y1={HEIGHT - 14} y2={HEIGHT - 14} stroke="var(--line-strong)" />
        {train.map((h, n) => {
          const slice = SLICE_OF[served.temperature[h.item] ?? 0] ?? 'warm';
          const size = 8 + 18 * Math.sqrt((h.value ?? 1) / most);
          const at = x(h, n);
          return (
            <g key={h.item} stroke={`var(--${slice}-fill)`} strokeWidth={2} strokeLinecap="round">
              <title>{`${clip(itemLabel(items, h.item))}${h.time === null ? '' : ` · ${day(h.time)}`} · ${slice}`}</title>
              <line x1={at} x2={at} y1={HEIGHT - 14} y2={HEIGHT - 14 - size} />
              {slice !== 'warm' && <circle cx={at} cy={HEIGHT - 14 - size} r={2.2} fill={`var(--${slice}-fill)`} stroke="none" />}
            </g>
          );
        })}
        <text x={0} y={HEIGHT - 1} className={css.axis}>{hasTime ? day(low) : 'first'}</text>
        <text x={width} y={HEIGHT - 1} textAnchor="end" className={css.axis}>{hasTime ? day(high) : 'last'}</text>
      </svg>
    </div>
  );
}
