import { useMemo } from 'react';
import type { ChartSeries } from '../../../ui/LineChart';
import { LineChart } from '../../../ui/LineChart';
import { rate } from '../../../ui/format';

type Epochs = readonly { epoch: number; train: number | null; test: number | null }[];

/** Mean over the folds that have come so far; the band is from the lowest to the highest fold. */
function line(folds: readonly Epochs[], pick: 'train' | 'test', id: string, label: string, tone: ChartSeries['tone'], dashed: boolean): ChartSeries {
  const longest = Math.max(0, ...folds.map((f) => f.length));
  const points = Array.from({ length: longest }, (_, e) => {
    const values = folds.flatMap((f) => f[e]?.[pick] ?? []);
    const y = values.reduce((s, v) => s + v, 0) / values.length;
    return { x: e + 1, y, ...(values.length > 1 ? { low: Math.min(...values), high: Math.max(...values) } : {}) };
  }).filter((p) => Number.isFinite(p.y));
  return { id, label, tone, dashed, points };
}

/** RMSE by epoch, on train while learning and on the ratings it has not seen. */
export function EpochChart({ folds, planned, name }: { folds: readonly Epochs[]; planned: number; name: string }) {
  const series = useMemo(() => [line(folds, 'test', 'test', 'unseen', 'all', false), line(folds, 'train', 'train', 'train', 'faint', true)], [folds]);
  return <LineChart title="RMSE by epoch" aside="mean of folds · lowest to highest" series={series} xLabel="Epoch" xMax={planned} yFormat={(v) => rate(v)} exportName={`${name} rmse by epoch`} height={200} empty="The first epoch is on its way." />;
}
