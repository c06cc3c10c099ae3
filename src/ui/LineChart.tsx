import { lazy, Suspense, useMemo, useState } from 'react';
import { chartRows, xAxis, yAxis, type Baseline, type ChartRow, type ChartSeries } from './chart-data';
import { ChartFrame, type ChartHead, type ChartTwin } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { chartCsv } from './chart-table';
import { count, interval, rate } from './format';
import { geometry } from './line-geometry';
import { Mark } from './Mark';
import { useWidth } from './use-width';
import css from './LineChart.module.css';
import frameCss from './ChartFrame.module.css';

export type { Baseline, ChartPoint, ChartSeries } from './chart-data';

export interface LineChartProps extends ChartHead {
  series: ChartSeries[];
  baselines?: Baseline[];
  xLabel: string;
  /** Where the axis will end when the work is done. */
  xMax?: number;
  yFormat: (v: number) => string;
  xFormat?: (v: number) => string;
  height?: number;
}

/** The drawing library is large and no screen needs it to be read: it comes once a chart is there, into a box of its size. */
const LinePlot = lazy(async () => ({ default: (await import('./LinePlot')).LinePlot }));

const noBaselines: Baseline[] = [];
const plain = (v: number): string => (Number.isInteger(v) ? count(v) : String(v));

/** Lines with interval bands; the same numbers as a table one click away, as PNG and as CSV. */
export function LineChart({ series, baselines = noBaselines, xLabel, xMax, yFormat, xFormat = plain, height = 220, empty, ...head }: LineChartProps) {
  const [box, width] = useWidth<HTMLDivElement>(430);
  const [activeX, setActiveX] = useState<number | null>(null);

  const rows = useMemo(() => chartRows(series), [series]);
  const x = useMemo(() => xAxis(series, xMax, Math.max(2, Math.floor(width / 70))), [series, xMax, width]);
  const y = useMemo(() => yAxis(series, baselines), [series, baselines]);
  const fractional = /^[−-]?\d*\.\d+$/.test(yFormat(y.ticks[1] ?? 0.5));
  const yTick = (v: number): string => (fractional ? rate(v, y.digits) : yFormat(v));

  const index = activeX === null ? -1 : nearest(rows, activeX);
  const active = rows[index] ?? null;
  const say = (i: number): string => {
    const row = rows[i];
    if (!row) return 'nothing yet';
    const values = series.flatMap((s, j) => {
      const p = row.points[j];
      return p ? [`${s.label} ${yFormat(p.y)}${p.low === undefined || p.high === undefined ? '' : `, from ${yFormat(p.low)} to ${yFormat(p.high)}`}`] : [];
    });
    return `${xLabel} ${xFormat(row.x)}: ${values.join('; ')}`;
  };

  const place = active && geometry({ series, baselines, x, y, width, height, yTick }).px(active.x);
  return (
    <ChartFrame {...head} height={height} blank={rows.length === 0} twin={() => twin({ xLabel, series, rows, xFormat, yFormat, baselines })} csv={() => chartCsv(xLabel, series, baselines)}>
      <div ref={box} className={frameCss.box} style={{ height }}>
        {rows.length > 0 && <ChartReader label={`${head.title}: read along ${xLabel.toLowerCase()}`} length={rows.length} active={active ? index : null} first={rows.length - 1} say={say} onActive={(k) => setActiveX(k === null ? null : (rows[k]?.x ?? null))} />}
        <div aria-hidden="true">
          <Suspense fallback={null}>
            <LinePlot series={series} baselines={baselines} x={x} y={y} width={width} height={height} xTick={xFormat} yTick={yTick} active={active} onHover={setActiveX} />
          </Suspense>
        </div>
        {rows.length === 0 && <p className={css.empty}>{empty ?? 'Nothing to draw yet.'}</p>}
        {active && place !== null && (
          <div className={css.readout} style={place > width / 2 ? { right: width - place + 12 } : { left: place + 12 }} aria-hidden="true">
            <b>
              {xLabel} {xFormat(active.x)}
            </b>
            {series.map((s, i) => {
              const p = active.points[i];
              return p ? (
                <span key={s.id}>
                  <Mark tone={s.tone} size={8} /> {s.label} <em>{yFormat(p.y)}</em> {p.low !== undefined && p.high !== undefined && <small>{interval(p.low, p.high, p.y)}</small>}
                </span>
              ) : null;
            })}
          </div>
        )}
      </div>
    </ChartFrame>
  );
}

function nearest(rows: readonly { x: number }[], x: number): number {
  let best = -1;
  for (let i = 0; i < rows.length; i++) if (best < 0 || Math.abs(rows[i]!.x - x) < Math.abs(rows[best]!.x - x)) best = i;
  return best;
}

type TwinOf = Pick<LineChartProps, 'xLabel' | 'series' | 'yFormat'> & { rows: ChartRow[]; xFormat(v: number): string; baselines: Baseline[] };

/** The same numbers as a table. */
function twin({ xLabel, series, rows, xFormat, yFormat, baselines }: TwinOf): ChartTwin {
  return {
    columns: [{ key: 'x', label: xLabel }, ...series.map((s) => ({ key: s.id, label: s.label, tone: s.tone }))],
    rows: rows.map((row) => ({
      x: xFormat(row.x),
      ...Object.fromEntries(
        series.map((s, i) => {
          const p = row.points[i];
          const around = p?.low === undefined || p.high === undefined ? '' : interval(p.low, p.high, p.y);
          return [s.id, p ? <span key={s.id}>{yFormat(p.y)} <small className={css.around}>{around}</small></span> : '–'];
        }),
      ),
    })),
    ...(baselines.length > 0 ? { note: baselines.map((b) => `${b.label} ${yFormat(b.y)}`).join(' · ') } : {}),
  };
}
