import { useEffect, useRef, useState } from 'react';
import { mixRgb, prepareCanvas, tokenColour, useThemeTick } from './canvas-colour';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { toCsv } from './csv';
import { rate } from './format';
import { fitLabel, labelWidth, oneLine } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

export interface HeatmapProps extends ChartHead {
  rows: readonly string[];
  columns: readonly string[];
  /** [rows.length × columns.length], row by row; not-a-number is left blank. */
  values: ArrayLike<number>;
  /** Value drawn in full ink; the largest amount by default. */
  full?: number;
  format?: (v: number) => string;
  /** Written into the cells where they are large enough. */
  figures?: boolean;
  valueLabel: string;
  /** Pixels of a cell at least and at most. */
  cell?: readonly [number, number];
}

/**
 * A labelled grid. Ink stands for amount; negative values are hatched, so sign needs no colour.
 * Arrow keys walk over the cells.
 */
export function Heatmap({ rows, columns, values, full, format = (v) => rate(v, 2), figures = true, valueLabel, empty, cell = [16, 34], ...head }: HeatmapProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeTick();
  const [active, setActive] = useState<number | null>(null);
  const [R, C] = [rows.length, columns.length];
  const nameWidth = Math.min(width * 0.32, Math.max(30, ...rows.map((r) => labelWidth(oneLine(r, 40), 11.5) + 6)));
  const headHeight = Math.min(96, Math.max(24, ...columns.map((c) => labelWidth(oneLine(c, 40), 11) * 0.8 + 10)));
  const w = Math.max(6, Math.min(cell[1] * 1.7, (width - nameWidth - headHeight * 0.5) / Math.max(1, C)));
  const h = Math.max(cell[0], Math.min(cell[1], w));
  const height = headHeight + R * h + 4;
  let most = full ?? 0;
  if (full === undefined) for (let k = 0; k < values.length; k++) if (Math.abs(values[k]!) > most) most = Math.abs(values[k]!);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const context = prepareCanvas(element, w * C, h * R);
    if (!context) return;
    const [ink, surface] = [tokenColour(element, '--ink'), tokenColour(element, '--surface')];
    for (let r = 0; r < R; r++) {
      for (let c = 0; c < C; c++) {
        const v = values[r * C + c]!;
        if (!Number.isFinite(v)) continue;
        const share = most > 0 ? Math.min(1, Math.abs(v) / most) : 0;
        const [x, y] = [c * w, r * h];
        context.fillStyle = mixRgb(surface, ink, v < 0 ? share * 0.16 : share * 0.82);
        context.fillRect(x + 0.5, y + 0.5, w - 1, h - 1);
        if (v < 0 && share > 0.02) hatch(context, x + 0.5, y + 0.5, w - 1, h - 1, mixRgb(surface, ink, 0.2 + share * 0.7));
        if (figures && w >= 27 && h >= 15) {
          // A plate under the figure keeps it readable over hatching.
          const text = format(v);
          context.font = "10.5px 'Inter Variable', system-ui, sans-serif";
          context.textAlign = 'center';
          context.textBaseline = 'middle';
          if (v < 0 && share > 0.02) {
            context.fillStyle = mixRgb(surface, ink, share * 0.1);
            context.fillRect(x + w / 2 - Math.min(w / 2 - 1, text.length * 3.4), y + h / 2 - 6, Math.min(w - 2, text.length * 6.8), 12);
          }
          context.fillStyle = mixRgb(surface, ink, v >= 0 && share > 0.5 ? 0 : 0.9);
          context.fillText(text, x + w / 2, y + h / 2 + 0.5);
        }
      }
    }
  }, [values, w, h, R, C, most, figures, format, theme]);

  const say = (k: number): string => {
    const v = values[k];
    return `${oneLine(rows[Math.floor(k / C)] ?? '')}, ${oneLine(columns[k % C] ?? '')}: ${v === undefined || !Number.isFinite(v) ? 'no value' : format(v)}`;
  };
  const at = active === null ? null : { r: Math.floor(active / C), c: active % C };

  return (
    <ChartFrame
      {...head}
      height={Math.min(420, height)}
      empty={R === 0 || C === 0 ? (empty ?? 'Nothing to draw.') : undefined}
      raster={() => canvas.current && { canvas: canvas.current, x: nameWidth, y: headHeight, width: w * C, height: h * R }}
      twin={() => ({
        columns: [{ key: 'row', label: valueLabel }, ...columns.map((c, k) => ({ key: String(k), label: oneLine(c, 40) }))],
        rows: rows.map((r, i) => ({ row: oneLine(r), ...Object.fromEntries(columns.map((_, c) => [String(c), Number.isFinite(values[i * C + c]!) ? format(values[i * C + c]!) : '–'])) })),
      })}
      csv={() => toCsv([valueLabel, ...columns], rows.map((r, i) => [r, ...columns.map((_, c) => values[i * C + c])]))}
    >
      <div ref={box} className={css.box} style={{ height }}>
        <input
          type="range"
          className={css.reader}
          min={0}
          max={Math.max(0, R * C - 1)}
          value={active ?? 0}
          aria-label={`${head.title}: read cell by cell`}
          aria-valuetext={say(active ?? 0)}
          onChange={(e) => setActive(Number(e.target.value))}
          onKeyDown={(e) => {
            const step = e.key === 'ArrowDown' ? C : e.key === 'ArrowUp' ? -C : 0;
            if (!step) return;
            e.preventDefault();
            setActive((was) => Math.max(0, Math.min(R * C - 1, (was ?? 0) + step)));
          }}
          onFocus={() => setActive((was) => was ?? 0)}
          onBlur={() => setActive(null)}
        />
        <canvas ref={canvas} className={css.canvas} style={{ left: nameWidth, top: headHeight, width: w * C, height: h * R }} aria-hidden="true" />
        <svg data-chart width={width} height={height} className={`${css.svg} ${css.over}`} aria-hidden="true">
          {rows.map((r, k) => (
            <text key={k} x={nameWidth - 6} y={headHeight + k * h + h / 2 + 4} textAnchor="end" className={at?.r === k ? css.strong : css.name}>
              {fitLabel(r, nameWidth - 4, 12)}
            </text>
          ))}
          {columns.map((c, k) => (
            <text key={k} transform={`translate(${nameWidth + k * w + w / 2 + 3} ${headHeight - 6}) rotate(-52)`} className={at?.c === k ? css.strong : css.name} style={{ fontSize: 11 }}>
              {fitLabel(c, (headHeight - 8) / 0.8, 11)}
            </text>
          ))}
          {at && <rect data-export="no" x={nameWidth + at.c * w} y={headHeight + at.r * h} width={w} height={h} style={{ fill: 'none', stroke: 'var(--focus)', strokeWidth: 2 }} />}
        </svg>
        <div
          className={css.surface}
          style={{ left: nameWidth, top: headHeight, width: w * C, height: h * R, right: 'auto', bottom: 'auto' }}
          aria-hidden="true"
          onPointerMove={(e) => {
            const area = e.currentTarget.getBoundingClientRect();
            const r = Math.floor((e.clientY - area.top) / h);
            const c = Math.floor((e.clientX - area.left) / w);
            setActive(r >= 0 && r < R && c >= 0 && c < C ? r * C + c : null);
          }}
          onPointerLeave={() => setActive(null)}
        />
        {active !== null && at && (
          <div className={css.tip} aria-hidden="true" style={{ top: headHeight + (at.r + 1) * h + 4, ...(nameWidth + at.c * w > width / 2 ? { right: width - nameWidth - at.c * w } : { left: nameWidth + at.c * w }) }}>
            <b>{Number.isFinite(values[active]!) ? format(values[active]!) : 'no value'}</b>
            {oneLine(rows[at.r] ?? '', 60)} · {oneLine(columns[at.c] ?? '', 60)}
          </div>
        )}
      </div>
    </ChartFrame>
  );
}

function hatch(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, colour: string): void {
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let d = -h; d < w; d += 5) {
    context.moveTo(x + d, y + h);
    context.lineTo(x + d + h, y);
  }
  context.stroke();
  context.restore();
}
