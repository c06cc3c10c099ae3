import { useMemo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import { downsample, spread, type ChartRow, type Placed } from './chart-data';
import { bottom, geometry, top, type LineFrame } from './line-geometry';
import { toneFill, toneText, type Tone } from './Mark';
import { labelWidth } from './plot-scale';
import css from './LineChart.module.css';

export interface LinePlotProps extends LineFrame {
  xTick(v: number): string;
  /** Row the readout stands on. */
  active: ChartRow | null;
  /** The pointer is over this x, or has left. */
  onHover(x: number | null): void;
}

/** The drawing itself: hairline grid, bands, lines, dashed baselines, labels at the ends. */
export function LinePlot(props: LinePlotProps) {
  const { series, baselines, x, y, width, height, xTick, yTick, active, onHover } = props;
  const { left, right, px, py } = geometry(props);
  const drawn = useMemo(() => series.map((s) => ({ ...s, points: downsample(s.points) })), [series]);

  const ends: (Placed & { key: string; label: string; fill: string; weight: number })[] = [
    ...drawn.flatMap((s) => {
      const last = s.points.at(-1);
      return last ? [{ key: s.id, label: s.label, x: px(last.x) + 8, y: py(last.y), width: labelWidth(s.label), fill: toneText(s.tone), weight: 600 }] : [];
    }),
    ...baselines.map((b) => ({ key: `baseline ${b.label}`, label: b.label, x: width - right + 6, y: py(b.y), width: labelWidth(b.label), fill: 'var(--faint)', weight: 400 })),
  ];

  return (
    <ComposedChart
      width={width}
      height={height}
      margin={{ top, right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      className={css.plot}
      onMouseMove={(state) => onHover(typeof state.activeLabel === 'number' ? state.activeLabel : state.activeLabel === undefined ? null : Number(state.activeLabel))}
      onMouseLeave={() => onHover(null)}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
      <XAxis dataKey="x" type="number" domain={[x.min, x.max]} ticks={x.ticks} tickFormatter={xTick} height={bottom} axisLine={false} tickLine={false} tickMargin={6} interval={0} allowDataOverflow allowDuplicatedCategory={false} />
      <YAxis type="number" domain={[y.min, y.max]} ticks={y.ticks} tickFormatter={yTick} width={left} axisLine={false} tickLine={false} tickMargin={4} interval={0} allowDataOverflow />
      {baselines.map((b) => (
        <ReferenceLine key={b.label} y={b.y} stroke="var(--faint)" strokeDasharray="3 4" strokeWidth={1} ifOverflow="hidden" />
      ))}
      {drawn.map((s) =>
        s.points.length > 1 && s.points.some((p) => p.low !== undefined && p.high !== undefined) ? (
          <Area key={`${s.id} band`} data={s.points} dataKey={(p: { low?: number; high?: number; y: number }) => [p.low ?? p.y, p.high ?? p.y]} stroke="none" fill={toneFill(s.tone)} fillOpacity={0.13} isAnimationActive={false} activeDot={false} legendType="none" type="linear" />
        ) : null,
      )}
      {drawn.map((s) => s.points.length > 1 && (
        <Line key={s.id} data={s.points} dataKey="y" stroke={toneFill(s.tone)} strokeWidth={s.points.length > 300 ? 1.4 : 2} strokeDasharray={s.dash || (s.dashed ? '5 4' : undefined)} strokeLinejoin="round" dot={false} activeDot={false} isAnimationActive={false} type="linear" connectNulls />
      ))}
      {drawn.map((s) => {
        const last = s.points.at(-1);
        if (!last) return null;
        // A band needs two points; one point shows its interval as a bar.
        const bar = s.points.length === 1 && last.low !== undefined && last.high !== undefined;
        return (
          <g key={`${s.id} end`}>
            {bar && <line x1={px(last.x)} x2={px(last.x)} y1={py(last.low!)} y2={py(last.high!)} stroke={toneFill(s.tone)} strokeOpacity={0.3} strokeWidth={5} />}
            <Dot tone={s.tone} x={px(last.x)} y={py(last.y)} />
          </g>
        );
      })}
      {spread(ends, 13, top, height - bottom).map((l) => (
        <text key={l.key} x={l.x} y={l.y + 4} className={css.end} style={{ fill: l.fill, fontWeight: l.weight }}>
          {l.label}
        </text>
      ))}
      {active && (
        <g data-export="no">
          <line x1={px(active.x)} x2={px(active.x)} y1={top} y2={height - bottom} className={css.cursor} />
          {active.points.map((p, i) => (p ? <Dot key={series[i]!.id} tone={series[i]!.tone} x={px(p.x)} y={py(p.y)} ring /> : null))}
        </g>
      )}
    </ComposedChart>
  );
}

/** A tone's shape at a point: circle, square, triangle. */
function Dot({ tone, x, y, ring = false }: { tone: Tone; x: number; y: number; ring?: boolean }) {
  const look = { fill: toneFill(tone), stroke: ring ? 'var(--surface)' : 'none', strokeWidth: 1.5 };
  const r = ring ? 4.2 : 3.2;
  if (tone === 'cold') return <rect x={x - r} y={y - r} width={2 * r} height={2 * r} rx={1} style={look} />;
  if (tone === 'new') return <path d={`M${x} ${y - r - 0.6}L${x + r + 0.6} ${y + r}H${x - r - 0.6}Z`} style={look} />;
  return <circle cx={x} cy={y} r={r} style={look} />;
}
