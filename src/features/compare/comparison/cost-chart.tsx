import { frontier } from '../../../analysis/compare-lists';
import type { SliceId } from '../../../core/metric';
import type { RunRecord } from '../../../core/run';
import { rate, seconds } from '../../../ui/format';
import { oneLine } from '../../../ui/plot-scale';
import { ScatterPlot } from '../../../ui/ScatterPlot';

const cost = (r: RunRecord): number => Math.max(0.001, r.seconds.prepare + r.seconds.fit);

/** Seconds to fit against quality, for every run of this ground; the line joins those that nothing beats in both. */
export function CostChart({ runs, chosen, metric, slice }: { runs: readonly RunRecord[]; chosen: readonly string[]; metric: string; slice: SliceId }) {
  const points = runs.flatMap((run) => {
    const v = run.test[slice].metrics[metric]?.value;
    return v === undefined ? [] : [{ run, cost: cost(run), quality: v }];
  });
  const best = frontier(points);
  const line = points.filter((_, k) => best[k]).sort((a, b) => a.cost - b.cost);
  const worst = points.filter((p, k) => !best[k] && chosen.includes(p.run.id));
  return (
    <ScatterPlot
      title="Cost against quality"
      aside={`seconds to prepare and fit × ${metric} ${slice}`}
      x={points.map((p) => p.cost)}
      y={points.map((p) => p.quality)}
      group={points.map((p, k) => (best[k] ? 0 : chosen.includes(p.run.id) ? 0 : 1))}
      tones={[{ label: 'on the frontier or chosen', tone: 'all' }, { label: 'beaten in both', tone: 'faint' }]}
      labelOf={(k) => points[k]?.run.name ?? ''}
      named={(k) => best[k] === true || chosen.includes(points[k]!.run.id)}
      xLabel="Seconds"
      yLabel={metric}
      xScale="log"
      xFormat={seconds}
      yFormat={(v) => rate(v, 3)}
      trend={line.map((p) => ({ x: p.cost, y: p.quality }))}
      exportName="cost-against-quality"
      empty="No run has this figure."
      reading={line.length ? `Nothing is both cheaper and better than ${line.map((p) => oneLine(p.run.name, 60)).slice(0, 4).join('; ')}${line.length > 4 ? ` and ${line.length - 4} more` : ''}.${worst.length ? ` ${worst.map((p) => oneLine(p.run.name, 60)).join('; ')} ${worst.length === 1 ? 'is' : 'are'} beaten in both.` : ''} Seconds depend on the machine and on what else it did.` : undefined}
    />
  );
}
