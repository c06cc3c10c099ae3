/** The rows behind a line chart, as CSV. Full precision: the picture rounds, the file does not. */
import { chartRows, type Baseline, type ChartSeries } from './chart-data';
import { toCsv, type Cell } from './csv';

export function chartCsv(xLabel: string, series: readonly ChartSeries[], baselines: readonly Baseline[] = []): string {
  const hasInterval = series.map((s) => s.points.some((p) => p.low !== undefined && p.high !== undefined));
  const header = [xLabel, ...series.flatMap((s, i) => (hasInterval[i] ? [s.label, `${s.label} low`, `${s.label} high`] : [s.label])), ...baselines.map((b) => b.label)];
  const rows = chartRows(series).map((row): Cell[] => [
    row.x,
    ...row.points.flatMap((p, i) => (hasInterval[i] ? [p?.y, p?.low, p?.high] : [p?.y])),
    ...baselines.map((b) => b.y),
  ]);
  return toCsv(header, rows);
}
