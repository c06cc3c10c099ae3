import { Fragment, useState } from 'react';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { toCsv } from './csv';
import { interval, rate } from './format';
import { Mark, toneFill, type Tone } from './Mark';
import { fitLabel, labelWidth, makeScale, oneLine } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

export interface Dot {
  /** Which of the series it belongs to. */
  series: string;
  value: number;
  low?: number;
  high?: number;
}
export interface DotRow {
  key: string;
  label: string;
  /** How much it rests on, or another short fact: 'n = 352'. */
  detail?: string;
  dots: readonly Dot[];
}
export interface DotPlotProps extends ChartHead {
  rows: readonly DotRow[];
  series: readonly { id: string; label: string; tone: Tone }[];
  nameLabel: string;
  valueLabel: string;
  format?: (v: number) => string;
  /** A line to compare with: zero for differences. */
  reference?: { value: number; label: string };
}

const BOTTOM = 24;
const TOP = 6;

/** Values with their intervals, one line per row: differences by group, means by class. */
export function DotPlot({ rows, series, nameLabel, valueLabel, format = (v) => rate(v, 3), reference, empty, ...head }: DotPlotProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const [active, setActive] = useState<number | null>(null);
  const step = Math.max(rows.some((r) => r.detail) ? 36 : 26, 13 * Math.max(1, series.length) + 8);
  const height = TOP + rows.length * step + BOTTOM;
  const every = rows.flatMap((r) => r.dots.flatMap((d) => [d.value, d.low ?? d.value, d.high ?? d.value])).filter(Number.isFinite);
  if (reference) every.push(reference.value);
  const low = Math.min(...every);
  const high = Math.max(...every);
  const nameWidth = Math.min(width * 0.4, Math.max(48, ...rows.map((r) => Math.max(labelWidth(oneLine(r.label, 60), 12), labelWidth(r.detail ?? '', 10.5)) + 8)));
  const x = makeScale('linear', every.length ? [low, high] : [0, 1], [nameWidth + 10, width - 14], Math.max(2, Math.floor((width - nameWidth) / 80)), true);
  const say = (k: number): string => {
    const r = rows[k];
    if (!r) return 'nothing';
    const parts = r.dots.map((d) => `${series.find((s) => s.id === d.series)?.label ?? d.series} ${format(d.value)}${d.low === undefined || d.high === undefined ? '' : `, from ${format(d.low)} to ${format(d.high)}`}`);
    return `${oneLine(r.label)}${r.detail ? ` (${r.detail})` : ''}: ${parts.join('; ') || 'no value'}`;
  };

  return (
    <ChartFrame
      {...head}
      height={height}
      empty={rows.length === 0 ? (empty ?? 'Nothing to draw.') : undefined}
      twin={() => ({
        columns: [{ key: 'name', label: nameLabel }, ...series.map((s) => ({ key: s.id, label: `${s.label}`, tone: s.tone }))],
        rows: rows.map((r) => ({
          name: (
            <>
              {oneLine(r.label)} {r.detail && <small>{r.detail}</small>}
            </>
          ),
          ...Object.fromEntries(r.dots.map((d) => [d.series, `${format(d.value)} ${d.low === undefined || d.high === undefined ? '' : interval(d.low, d.high, d.value)}`])),
        })),
      })}
      csv={() =>
        toCsv(
          [nameLabel, 'Detail', ...series.flatMap((s) => [`${s.label} ${valueLabel}`, `${s.label} low`, `${s.label} high`])],
          rows.map((r) => [r.label, r.detail, ...series.flatMap((s) => { const d = r.dots.find((o) => o.series === s.id); return [d?.value, d?.low, d?.high]; })]),
        )
      }
    >
      {series.length > 1 && (
        <div className={css.key} aria-hidden="true">
          {series.map((s) => (
            <span key={s.id}>
              <Mark tone={s.tone} size={8} /> {s.label}
            </span>
          ))}
        </div>
      )}
      <div ref={box} className={css.box} style={{ height }}>
        <ChartReader label={`${head.title}: read along`} length={rows.length} active={active} say={say} onActive={setActive} />
        <svg data-chart width={width} height={height} className={css.svg} aria-hidden="true">
          {x.ticks.map((t) => (
            <g key={t}>
              <line x1={x.px(t)} x2={x.px(t)} y1={TOP} y2={height - BOTTOM} className={css.grid} />
              <text x={x.px(t)} y={height - 8} textAnchor="middle">
                {format(t)}
              </text>
            </g>
          ))}
          {reference && <line x1={x.px(reference.value)} x2={x.px(reference.value)} y1={TOP} y2={height - BOTTOM} style={{ stroke: 'var(--muted)', strokeDasharray: '4 3' }} />}
          {rows.map((r, k) => {
            const middle = TOP + k * step + step / 2;
            return (
              <g key={r.key}>
                {active === k && <rect data-export="no" x={0} y={TOP + k * step} width={width} height={step} rx={5} style={{ fill: 'var(--sunken)' }} />}
                <text x={0} y={middle + (r.detail ? -1 : 4)} className={css.name}>
                  {fitLabel(r.label, nameWidth, 12)}
                </text>
                {r.detail && (
                  <text x={0} y={middle + 11}>
                    {fitLabel(r.detail, nameWidth, 10.5)}
                  </text>
                )}
                {r.dots.map((d) => {
                  const s = series.findIndex((o) => o.id === d.series);
                  const cy = middle + (s - (series.length - 1) / 2) * 13;
                  return Number.isFinite(d.value) ? (
                    <Fragment key={d.series}>
                      {d.low !== undefined && d.high !== undefined && <line x1={x.px(d.low)} x2={x.px(d.high)} y1={cy} y2={cy} style={{ stroke: toneFill(series[s]?.tone ?? 'all'), strokeWidth: 3, strokeOpacity: 0.35, strokeLinecap: 'round' }} />}
                      <DotShape tone={series[s]?.tone ?? 'all'} x={x.px(d.value)} y={cy} />
                    </Fragment>
                  ) : null;
                })}
              </g>
            );
          })}
        </svg>
      </div>
    </ChartFrame>
  );
}

/** Circle, square or triangle: a tone's shape goes with its colour. */
function DotShape({ tone, x, y }: { tone: Tone; x: number; y: number }) {
  const style = { fill: toneFill(tone) };
  if (tone === 'cold') return <rect x={x - 4} y={y - 4} width={8} height={8} rx={1.5} style={style} />;
  if (tone === 'new') return <path d={`M${x} ${y - 5}L${x + 5} ${y + 4}H${x - 5}Z`} style={style} />;
  return <circle cx={x} cy={y} r={4.2} style={style} />;
}
