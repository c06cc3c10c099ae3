import type { Scale } from './plot-scale';
import css from './ChartFrame.module.css';

/** The lines across at a value axis's ticks, with their labels at the left. Part of an SVG. */
export function GridLines({ scale, left, right, format }: { scale: Scale; left: number; right: number; format: (v: number) => string }) {
  return scale.ticks.map((t) => (
    <g key={t}>
      <line x1={left} x2={right} y1={scale.px(t)} y2={scale.px(t)} className={css.grid} />
      <text x={left - 6} y={scale.px(t) + 4} textAnchor="end">
        {format(t)}
      </text>
    </g>
  ));
}
