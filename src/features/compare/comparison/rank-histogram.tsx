import { rankBins } from '../../../analysis/compare-lists';
import type { RunRecord } from '../../../core/run';
import { BarChart } from '../../../ui/BarChart';
import { count, percent } from '../../../ui/format';

/** Where each run puts the held-out item: bins that double, the reference drawn faintly behind. */
export function RankHistogram({ a, b, names }: { a: RunRecord; b: RunRecord; names: readonly [string, string] }) {
  const [own, base] = [a.perUser!.ranks, b.perUser!.ranks];
  const { bins, counts, missing } = rankBins([own, base]);
  const bars = bins.map((bin, k) => ({ key: bin.label, label: `Rank ${bin.label}`, value: counts[0]![k]!, total: counts[1]![k]! }));
  if (missing.some(Boolean)) bars.push({ key: 'none', label: 'No candidate', value: missing[0]!, total: missing[1]! });
  const median = (list: readonly number[]): number => {
    const sorted = list.filter((r) => r > 0).sort((x, y) => x - y);
    return sorted[sorted.length >> 1] ?? 0;
  };
  const first = (list: readonly number[]): number => list.filter((r) => r > 0 && r <= 10).length / Math.max(1, list.length);
  return (
    <BarChart
      title="Rank of the held-out item"
      aside={`users · ${names[0]}, behind it ${names[1]}`}
      bars={bars}
      limit={24}
      nameLabel="Rank"
      valueLabel={names[0]}
      totalLabel={names[1]}
      exportName="rank-of-target"
      reading={`Half of the held-out items stand at rank ${count(median(own))} or better in ${names[0]}, ${count(median(base))} in ${names[1]}; ${percent(first(own))} and ${percent(first(base))} are among the first ten.`}
    />
  );
}
