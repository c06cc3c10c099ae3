/** How strongly BUHS prefers rare items of a history at the chosen temperature, on the plays that are loaded. */
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { held, useWorkspace } from '../../../app/workspace';
import { count, percent, plural } from '../../../ui/format';
import { LineChart } from '../../../ui/LineChart';
import { useTrainForm } from '../form-state';
import { playCounts, sharesByPlays } from './degrees';

const LENGTHS = { short: { at: 0.1, label: 'short' }, middle: { at: 0.5, label: 'middle' }, long: { at: 0.9, label: 'long' } } as const;
type Length = keyof typeof LENGTHS;

export default function BuhsPicture() {
  const hash = useWorkspace((s) => s.data?.hash ?? null);
  const T = useTrainForm((s) => s.config.params['temperature']);
  const [length, setLength] = useState<Length>('middle');
  const counts = useMemo(() => {
    const data = hash === null ? null : held.data;
    return data && playCounts(data.interactions, data.users.ids.length, data.items.ids.length);
  }, [hash]);
  const usable = typeof T === 'number' && Number.isFinite(T) && T > 0;
  const found = useMemo(() => {
    const data = held.data;
    if (!counts || !data || !usable || counts.users.length === 0) return null;
    const u = counts.users[Math.round((counts.users.length - 1) * LENGTHS[length].at)]!;
    return sharesByPlays([...data.interactions.item.subarray(counts.start[u]!, counts.start[u + 1]!)], counts.items, T);
  }, [counts, length, T, usable]);
  if (!counts) return null;
  const items = found?.reduce((s, x) => s + x.items, 0) ?? 0;
  const rarest = found?.[0];
  const most = found?.at(-1);
  return (
    <LineChart
      title="What the bias of the sample does"
      aside={found ? plural(items, 'item') : undefined}
      series={found ? [{ id: 'p', label: `T = ${T}`, tone: 'all', points: found.map((x) => ({ x: Math.log10(x.plays), y: x.probability })) }] : []}
      baselines={found ? [{ label: 'all alike', y: 1 / items }] : []}
      xLabel="Plays of the item"
      xFormat={(v) => count(Math.round(10 ** v))}
      yFormat={percent}
      exportName="buhs-bias"
      height={180}
      empty="Set the bias of the sample to a number above 0 to see its curve."
      controls={<SegmentedControl size="xs" fullWidth aria-label="History shown" data={Object.entries(LENGTHS).map(([value, { label }]) => ({ value, label }))} value={length} onChange={(v) => setLength(v as Length)} />}
      reading={
        rarest && most
          ? rarest.plays === most.plays
            ? `All ${count(items)} items of this history have ${plural(rarest.plays, 'play')}, so each is drawn alike.`
            : `Of a ${LENGTHS[length].label} history, the rarest item (${plural(rarest.plays, 'play')}) is drawn first with ${percent(rarest.probability)}, the most played (${plural(most.plays, 'play')}) with ${percent(most.probability)}. Counted over all loaded plays; training counts its own part of them.`
          : undefined
      }
    />
  );
}
