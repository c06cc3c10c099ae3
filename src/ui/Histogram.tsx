import { useState, type PointerEvent } from 'react';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { toCsv } from './csv';
import { count } from './format';
import { GridLines } from './GridLines';
import { toneFill, type Tone } from './Mark';
import { labelWidth, makeScale, oneLine, shortNumber, type ScaleKind } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

/** Values from x0 (included) to x1. */
export interface Bin {
  x0: number;
  x1: number;
  value: number;
  /** The same bin without the present selection. */
  total?: number;
  tone?: Tone;
}
export interface HistogramProps extends ChartHead {
  bins: readonly Bin[];
  xLabel: string;
  yLabel: string;
  xScale?: ScaleKind;
  yScale?: ScaleKind;
  xFormat?: (v: number) => string;
  yFormat?: (v: number) => string;
  /** Vertical lines with a name: where something is cut. */
  marks?: readonly { x: number; label: string }[];
  height?: number;
  /** What `total` is, where it is not simply all: 'Expected'. */
  totalLabel?: string;
  /** Ticks of the x axis, where round numbers are not what is wanted: first days of years. */
  ticks?: readonly number[];
  /** Name of a bin, where 'from to' is not: 'March 2008'. */
  binLabel?: (b: Bin) => string;
  /**
   * Range in force, and how to change it: dragging, or two sliders by keyboard. Null clears it.
   * `done` is false while the hand is still moving.
   */
  range?: readonly [number, number] | null;
  onRange?: (range: [number, number] | null, done: boolean) => void;
}

/** Room for the name of the upright axis. */
const TOP = 18;
const BOTTOM = 22;

/** Counts over a number line, linear or logarithmic on either axis; with `onRange` a range can be dragged over it. */
export function Histogram({ bins, xLabel, yLabel, xScale = 'linear', yScale = 'linear', xFormat = shortNumber, yFormat = count, marks = [], height = 170, empty, totalLabel = 'Of all', ticks, binLabel, range = null, onRange, ...head }: HistogramProps) {
  const [box, width] = useWidth<HTMLDivElement>(360);
  const [active, setActive] = useState<number | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const hasTotal = bins.some((b) => b.total !== undefined);
  const most = Math.max(1e-9, ...bins.map((b) => Math.max(b.value, b.total ?? 0)));
  const least = Math.min(1, ...bins.filter((b) => b.value > 0).map((b) => b.value));
  const y = makeScale(yScale, [yScale === 'log' ? least * 0.7 : 0, most], [height - BOTTOM, TOP], 4, yScale === 'linear');
  const left = Math.max(24, ...y.ticks.map((t) => labelWidth(shortNumber(t)))) + 6;
  const x = makeScale(xScale, [bins[0]?.x0 ?? 0, bins.at(-1)?.x1 ?? 1], [left, width - 8], Math.max(2, Math.floor((width - left) / 62)));
  // One whole number a bar: its name stands under the middle of the bar, not at the edge.
  const half = !ticks && xScale === 'linear' && bins.length > 0 && bins.every((b) => Number.isInteger(b.x0) && b.x1 - b.x0 === 1) ? 0.5 : 0;
  const shownTicks = ticks ?? (half && bins.length <= 12 ? bins.map((b) => b.x0) : bins.every((b) => Number.isInteger(b.x0)) ? x.ticks.filter((t) => Number.isInteger(t) && t < (bins.at(-1)?.x1 ?? t)) : x.ticks);
  const last = Math.max(0, bins.length - 1);
  const binAt = (pixel: number): number => {
    const v = x.at(pixel);
    const k = bins.findIndex((b) => v < b.x1);
    return k < 0 ? last : k;
  };
  const nameOf = (b: Bin): string => binLabel?.(b) ?? spanText(b, xFormat);
  const ofTotal = (b: Bin): string => (b.total === undefined || Math.round(b.total) === Math.round(b.value) ? '' : totalLabel === 'Of all' ? ` of ${yFormat(b.total)}` : `, ${totalLabel.toLowerCase()} ${yFormat(b.total)}`);
  const say = (k: number): string => {
    const b = bins[k];
    return b ? `${xLabel} ${nameOf(b)}: ${yFormat(b.value)} ${yLabel.toLowerCase()}${ofTotal(b)}` : 'nothing';
  };
  const pixelOf = (e: PointerEvent<HTMLDivElement>): number => e.clientX - e.currentTarget.getBoundingClientRect().left;
  const choose = (from: number, to: number, done = true): void => {
    const [a, b] = [Math.min(from, to), Math.max(from, to)];
    onRange?.(a === 0 && b === last ? null : [bins[a]!.x0, bins[b]!.x1], done);
  };
  const held = drag ? ([bins[Math.min(drag.from, drag.to)]?.x0 ?? 0, bins[Math.max(drag.from, drag.to)]?.x1 ?? 1] as const) : range;
  const inRange = (b: Bin, r: readonly [number, number] | null = held): boolean => !r || (b.x1 > r[0] && b.x0 < r[1]);
  const first = held ? Math.max(0, bins.findIndex((b) => b.x1 > held[0])) : 0;
  const final = held ? Math.max(first, bins.findLastIndex((b) => b.x0 < held[1])) : last;
  const tip = active === null ? undefined : bins[active];

  return (
    <ChartFrame
      {...head}
      height={height}
      empty={bins.length === 0 ? (empty ?? 'Nothing to draw.') : undefined}
      twin={() => ({
        columns: [{ key: 'x', label: xLabel }, { key: 'y', label: yLabel }, ...(hasTotal ? [{ key: 'total', label: totalLabel }] : [])],
        rows: bins.map((b) => ({ x: nameOf(b), y: yFormat(b.value), total: b.total === undefined ? '–' : yFormat(b.total) })),
      })}
      csv={() => toCsv([`${xLabel} from`, 'to', yLabel, ...(hasTotal ? [totalLabel] : [])], bins.map((b) => [b.x0, b.x1, b.value, ...(hasTotal ? [b.total] : [])]))}
    >
      <div ref={box} className={css.box} style={{ height }}>
        {bins.length > 0 && !onRange && <ChartReader label={`${head.title}: read along ${xLabel.toLowerCase()}`} length={bins.length} active={active} say={say} onActive={setActive} />}
        {bins.length > 0 && onRange && (
          <>
            <input type="range" className={css.reader} min={0} max={last} value={first} aria-label={`${head.title}: from`} aria-valuetext={say(first)} onChange={(e) => choose(Math.min(Number(e.target.value), final), final)} />
            <input type="range" className={css.reader} min={0} max={last} value={final} aria-label={`${head.title}: to`} aria-valuetext={say(final)} onChange={(e) => choose(first, Math.max(first, Number(e.target.value)))} />
          </>
        )}
        <svg data-chart width={width} height={height} className={css.svg} aria-hidden="true">
          <GridLines scale={y} left={left} right={width - 8} format={shortNumber} />
          <text x={left} y={9}>
            {oneLine(yLabel, 40)}
          </text>
          {apart(shownTicks, (t) => x.px(t + half), xFormat).map((t) => (
            <text key={t} x={x.px(t + half)} y={height - 6} textAnchor={x.px(t) > width - 22 ? 'end' : 'middle'}>
              {xFormat(t)}
            </text>
          ))}
          {bins.map((b, k) => {
            const gap = bins.length > 80 ? 0 : 1;
            const x0 = x.px(b.x0) + gap / 2;
            const w = Math.max(0.6, x.px(b.x1) - x.px(b.x0) - gap);
            const foot = height - BOTTOM;
            return (
              <g key={k}>
                {b.total !== undefined && b.total > 0 && <rect x={x0} y={y.px(b.total)} width={w} height={foot - y.px(b.total)} style={{ fill: 'var(--line)' }} />}
                {b.value > 0 && <rect x={x0} y={Math.min(foot - 1, y.px(b.value))} width={w} height={Math.max(1, foot - y.px(b.value))} style={{ fill: toneFill(b.tone ?? 'all'), fillOpacity: (b.tone ? 1 : 0.82) * (inRange(b) ? 1 : 0.3) }} />}
              </g>
            );
          })}
          {held && <rect data-export="no" x={x.px(held[0])} y={TOP} width={Math.max(1, x.px(held[1]) - x.px(held[0]))} height={height - TOP - BOTTOM} style={{ fill: 'var(--ink)', fillOpacity: 0.05, stroke: 'var(--muted)', strokeDasharray: '3 3' }} />}
          {marks.map((m, k) => (
            <g key={m.label}>
              <line x1={x.px(m.x)} x2={x.px(m.x)} y1={TOP - 2} y2={height - BOTTOM} style={{ stroke: 'var(--muted)', strokeDasharray: '4 3' }} />
              <text x={x.px(m.x) + (x.px(m.x) > width / 2 ? -4 : 4)} y={TOP + 8 + 13 * (k % 3)} textAnchor={x.px(m.x) > width / 2 ? 'end' : 'start'} style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 3 }}>
                {m.label}
              </text>
            </g>
          ))}
        </svg>
        <div
          className={css.surface}
          data-brush={onRange ? true : undefined}
          aria-hidden="true"
          onPointerDown={(e) => {
            if (!onRange || bins.length === 0) return;
            e.currentTarget.setPointerCapture(e.pointerId);
            const k = binAt(pixelOf(e));
            setDrag({ from: k, to: k });
          }}
          onPointerMove={(e) => {
            if (bins.length === 0) return;
            const k = binAt(pixelOf(e));
            setActive(k);
            if (!drag || k === drag.to) return;
            setDrag({ ...drag, to: k });
            choose(drag.from, k, false);
          }}
          onPointerUp={() => {
            // A click without a drag takes one bin; a click inside a standing range lifts it.
            if (drag && drag.from === drag.to && range && bins[drag.from] && inRange(bins[drag.from]!, range)) onRange?.(null, true);
            else if (drag) choose(drag.from, drag.to);
            setDrag(null);
          }}
          onPointerLeave={() => setActive(null)}
          onPointerCancel={() => setDrag(null)}
          onDoubleClick={() => onRange?.(null, true)}
        />
        {tip && active !== null && (
          <div className={css.tip} aria-hidden="true" style={x.px(tip.x0) > width / 2 ? { right: width - x.px(tip.x0) + 10 } : { left: x.px(tip.x1) + 10 }}>
            <b>{nameOf(tip)}</b>
            {yFormat(tip.value)} {yLabel.toLowerCase()}
            {ofTotal(tip)}
          </div>
        )}
      </div>
    </ChartFrame>
  );
}

/** The ticks whose labels do not run into the one before. */
function apart(ticks: readonly number[], px: (t: number) => number, format: (v: number) => string): number[] {
  let end = -Infinity;
  return ticks.filter((t) => {
    const half = labelWidth(format(t)) / 2;
    if (px(t) - half < end + 6) return false;
    end = px(t) + half;
    return true;
  });
}

/** '5' for one whole number, '5 to 8' for a span. */
function spanText(b: Bin, format: (v: number) => string): string {
  const [from, to] = [format(b.x0), format(b.x1)];
  if (Number.isInteger(b.x0) && Number.isInteger(b.x1)) return b.x1 - b.x0 === 1 || format(b.x1 - 1) === from ? from : `${from} to ${format(b.x1 - 1)}`;
  return from === to ? from : `${from} to ${to}`;
}
