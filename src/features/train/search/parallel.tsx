/** Parallel coordinates: one axis per setting, the score at the right, one line per trial. The better, the darker and wider. */
import { useMemo, useState } from 'react';
import type { StudyEntry } from '../../../app/search/study';
import { lowerIsBetter, type TrialMetric } from '../../../core/trial-score';
import { isRange, type Dimension, type Space } from '../../../math/search/space';
import { ChartFrame } from '../../../ui/ChartFrame';
import frame from '../../../ui/ChartFrame.module.css';
import { toCsv } from '../../../ui/csv';
import { rate } from '../../../ui/format';
import { fitLabel, makeScale } from '../../../ui/plot-scale';
import { useWidth } from '../../../ui/use-width';
import { numberText } from '../slider-scale';
import { byScore, metricsOf, scoredTrials, type ScoredTrial } from './trial-rows';
import { failedCount, labelOf, paramsText, searchedNames, valueText } from './words';
import css from './search.module.css';

const HEIGHT = 250;
const TOP = 30;
const BOTTOM = 12;
const LEFT = 44;
const RIGHT = 44;
const NARROWEST = 84;

interface Axis {
  label: string;
  ticks: { y: number; text: string }[];
  y(t: ScoredTrial): number;
}

function axisOf(model: string, d: Dimension): Axis {
  const label = labelOf(model, d.name);
  if (isRange(d)) {
    const scale = makeScale(d.max > d.min ? d.scale : 'linear', d.max > d.min ? [d.min, d.max] : [d.min - 1, d.min + 1], [HEIGHT - BOTTOM, TOP], 4);
    return { label, ticks: scale.ticks.map((v) => ({ y: scale.px(v), text: numberText(v) })), y: (t) => scale.px(Number(t.params[d.name])) };
  }
  const place = (k: number): number => HEIGHT - BOTTOM - ((k + 0.5) / d.values.length) * (HEIGHT - BOTTOM - TOP);
  return { label, ticks: d.values.map((v, k) => ({ y: place(k), text: valueText(model, d.name, v) })), y: (t) => place(Math.max(0, d.values.indexOf(t.params[d.name]!))) };
}

export function ParallelCoordinates({ study }: { study: StudyEntry }) {
  const { model, strategy } = study.spec;
  const trials = useMemo(() => byScore(scoredTrials({ trials: study.trials })), [study.trials]);
  const names = searchedNames(strategy.space);
  const failed = failedCount(study);
  const metric = metricsOf(study.spec).score;
  return (
    <ChartFrame
      title="Settings and score"
      aside={`validation ${metric} of ${trials.length} ${trials.length === 1 ? 'trial' : 'trials'}${failed > 0 ? `, ${failed} failed` : ''} · darker is better`}
      exportName="search-settings-and-score"
      height={HEIGHT}
      empty={trials.length === 0 ? 'The first line comes with the first trial.' : undefined}
      twin={() => ({
        columns: [{ key: 'n', label: 'Trial' }, ...names.map((n) => ({ key: n, label: labelOf(model, n) })), { key: 'score', label: metric }],
        rows: trials.map((t) => ({ n: t.n + 1, ...Object.fromEntries(names.map((n) => [n, valueText(model, n, t.params[n])])), score: rate(t.record.score.value) })),
      })}
      csv={() => toCsv(['Trial', ...names, metric, 'low', 'high'], trials.map((t) => [t.n + 1, ...names.map((n) => (typeof t.params[n] === 'number' ? t.params[n] : String(t.params[n]))), t.record.score.value, t.record.score.low, t.record.score.high]))}
    >
      <Drawing model={model} space={strategy.space} trials={trials} metric={metric} />
    </ChartFrame>
  );
}

/** Apart from the frame, so that its width is measured when there is something to draw. */
function Drawing({ model, space, trials, metric }: { model: string; space: Space; trials: readonly ScoredTrial[]; metric: TrialMetric }) {
  const [box, width] = useWidth<HTMLDivElement>(640);
  const [active, setActive] = useState<number | null>(null);
  const names = searchedNames(space);
  const scores = trials.map((t) => t.record.score.value);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const axes = useMemo((): Axis[] => {
    const scale = makeScale('linear', high > low ? [low, high] : [low - 0.01, low + 0.01], [HEIGHT - BOTTOM, TOP], 4);
    const score: Axis = { label: metric, ticks: scale.ticks.map((v) => ({ y: scale.px(v), text: rate(v, high - low < 0.02 ? 4 : 3) })), y: (t) => scale.px(t.record.score.value) };
    return [...space.map((d) => axisOf(model, d)), score];
  }, [space, model, low, high, metric]);
  const full = Math.max(width, LEFT + RIGHT + NARROWEST * (axes.length - 1));
  const gap = (full - LEFT - RIGHT) / Math.max(1, axes.length - 1);
  const x = (k: number): number => LEFT + k * gap;
  const path = (t: ScoredTrial): string => axes.map((a, k) => `${k ? 'L' : 'M'}${x(k).toFixed(1)} ${a.y(t).toFixed(1)}`).join('');
  const goodness = (t: ScoredTrial): number => {
    const share = high > low ? (t.record.score.value - low) / (high - low) : 1;
    return lowerIsBetter(metric) && high > low ? 1 - share : share;
  };
  const say = (t: ScoredTrial | undefined): string => (t ? `trial ${t.n + 1}${t.best ? ', the best' : ''}: ${paramsText(model, t.params, names)}, ${metric} ${rate(t.record.score.value)}` : 'nothing yet');
  const chosen = active === null ? undefined : trials[active];

  /** The line nearest to a point, by its height where the pointer is. */
  const nearest = (px: number, py: number): number | null => {
    const k = Math.min(axes.length - 2, Math.max(0, Math.floor((px - LEFT) / gap)));
    const share = Math.min(1, Math.max(0, (px - x(k)) / gap));
    let best: number | null = null;
    let distance = 14;
    trials.forEach((t, i) => {
      const at = axes[k]!.y(t) * (1 - share) + axes[k + 1]!.y(t) * share;
      if (Math.abs(at - py) < distance) {
        distance = Math.abs(at - py);
        best = i;
      }
    });
    return best;
  };

  return (
    <>
      <div ref={box} className={css.parallel}>
        <div className={frame.box} style={{ height: HEIGHT, width: full }}>
          <input type="range" className={frame.reader} min={0} max={Math.max(0, trials.length - 1)} value={active ?? 0} aria-label="Settings and score: read trials, the best first" aria-valuetext={say(trials[active ?? 0])} onChange={(e) => setActive(Number(e.target.value))} onFocus={() => setActive((was) => was ?? 0)} onBlur={() => setActive(null)} />
          <svg data-chart width={full} height={HEIGHT} className={frame.svg} aria-hidden="true">
            {axes.map((a, k) => (
              <line key={a.label} x1={x(k)} x2={x(k)} y1={TOP} y2={HEIGHT - BOTTOM} className={frame.cursor} />
            ))}
            {trials.toReversed().map((t) => (
              <path key={t.n} d={path(t)} fill="none" style={{ stroke: `color-mix(in srgb, var(--ink) ${Math.round(12 + 88 * goodness(t) ** 2)}%, var(--line))`, strokeWidth: t.best ? 2.6 : 1 + goodness(t) ** 2, strokeOpacity: chosen && chosen !== t ? 0.25 : 1, strokeLinejoin: 'round' }} />
            ))}
            {chosen && <path data-export="no" d={path(chosen)} fill="none" style={{ stroke: 'var(--focus)', strokeWidth: 2.6, strokeLinejoin: 'round' }} />}
            {axes.map((a, k) => (
              <g key={a.label}>
                <text x={k === 0 ? 0 : k === axes.length - 1 ? full : x(k)} y={14} textAnchor={k === 0 ? 'start' : k === axes.length - 1 ? 'end' : 'middle'} className={frame.strong}>
                  {fitLabel(a.label, gap - 4, 12)}
                </text>
                {a.ticks.map((t) => (
                  <text key={t.text} x={x(k) + (k === axes.length - 1 ? 7 : -7)} y={t.y + 4} textAnchor={k === axes.length - 1 ? 'start' : 'end'} style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 3 }}>
                    {fitLabel(t.text, Math.max(40, gap * 0.6), 11)}
                  </text>
                ))}
              </g>
            ))}
          </svg>
          <div
            className={frame.surface}
            aria-hidden="true"
            onPointerMove={(e) => {
              const at = e.currentTarget.getBoundingClientRect();
              setActive(nearest(e.clientX - at.left, e.clientY - at.top));
            }}
            onPointerLeave={() => setActive(null)}
          />
        </div>
      </div>
      <p className={css.said} aria-hidden="true">
        {chosen ? `${say(chosen).charAt(0).toUpperCase()}${say(chosen).slice(1)}` : 'Point at a line, or focus the chart and use the arrow keys, to read a trial.'}
      </p>
    </>
  );
}
