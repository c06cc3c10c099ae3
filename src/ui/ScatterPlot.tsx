import { useEffect, useMemo, useRef, useState } from 'react';
import { mixRgb, prepareCanvas, tokenColour, useThemeTick } from './canvas-colour';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { toCsv } from './csv';
import { GridLines } from './GridLines';
import type { Tone } from './Mark';
import { placedNames } from './placed-names';
import { labelWidth, makeScale, oneLine, shortNumber, type ScaleKind } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

export interface ScatterPlotProps extends ChartHead {
  /** Points k = (x[k], y[k]); drawn on a canvas, so a hundred thousand are fine. Values that are not finite are left out. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Meaning of each point, as an index into `tones`. */
  group?: ArrayLike<number>;
  tones?: readonly { label: string; tone: Tone }[];
  /** What point k is called. */
  labelOf: (k: number) => string;
  xLabel: string;
  yLabel: string;
  xScale?: ScaleKind;
  yScale?: ScaleKind;
  xFormat?: (v: number) => string;
  yFormat?: (v: number) => string;
  /** A line through the cloud, for example means per bin. */
  trend?: readonly { x: number; y: number }[];
  /** Points whose names are written beside them, where those are few. */
  named?: (k: number) => boolean;
  /** Draws the line y = x. */
  diagonal?: boolean;
  /** Point set apart. */
  chosen?: number | null;
  onPick?: (k: number) => void;
  height?: number;
}

/** Room for the name of the upright axis. */
const TOP = 18;
const BOTTOM = 34;
const TABLE_LIMIT = 5000;
/** More names than this are not written. */
const MOST_NAMED = 16;
const noTones: readonly { label: string; tone: Tone }[] = [];

/** A cloud of points with hover, keyboard reading along x, and a click that picks one. */
export function ScatterPlot({ x, y, group, tones = noTones, labelOf, xLabel, yLabel, xScale = 'linear', yScale = 'linear', xFormat = shortNumber, yFormat = shortNumber, trend, named, diagonal = false, chosen = null, onPick, height = 260, empty, ...head }: ScatterPlotProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeTick();
  const [active, setActive] = useState<number | null>(null);

  /** Points that can be drawn, left to right. */
  const order = useMemo(() => {
    const keep: number[] = [];
    for (let k = 0; k < x.length; k++) if (Number.isFinite(x[k]!) && Number.isFinite(y[k]!) && (xScale === 'linear' || x[k]! > 0) && (yScale === 'linear' || y[k]! > 0)) keep.push(k);
    return keep.sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!);
  }, [x, y, xScale, yScale]);
  const [xs, ys] = useMemo(() => {
    let [low, high] = [Infinity, -Infinity];
    for (const k of order) {
      if (y[k]! < low) low = y[k]!;
      if (y[k]! > high) high = y[k]!;
    }
    const sideways: [number, number] = order.length ? [x[order[0]!]!, x[order.at(-1)!]!] : [0, 1];
    const upright: [number, number] = order.length ? [low, high] : [0, 1];
    // With y = x drawn both axes show the same span, so that the line says something.
    const both: [number, number] = [Math.min(sideways[0], upright[0]), Math.max(sideways[1], upright[1])];
    const ySpan = diagonal ? both : upright;
    const yAxis = makeScale(yScale, ySpan, [height - BOTTOM, TOP], 5, yScale === 'linear');
    const left = Math.max(24, ...yAxis.ticks.map((t) => labelWidth(yFormat(t)))) + 6;
    return [makeScale(xScale, diagonal ? both : sideways, [left, width - 10], Math.max(2, Math.floor((width - left) / 70)), xScale === 'linear'), yAxis];
  }, [order, x, y, xScale, yScale, width, height, diagonal, yFormat]);
  const left = xs.px(xs.min);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const context = prepareCanvas(element, width, height);
    if (!context) return;
    const surface = tokenColour(element, '--surface');
    const alpha = order.length > 5000 ? 0.25 : order.length > 800 ? 0.45 : 0.75;
    const r = order.length > 5000 ? 1.3 : order.length > 800 ? 1.9 : order.length > 60 ? 2.8 : 4.2;
    const fills = (tones.length ? tones : [{ tone: 'all' as const }]).map(({ tone }) => mixRgb(surface, tokenColour(element, tone === 'all' || tone === 'faint' ? `--${tone}` : `--${tone}-fill`), 1));
    context.globalAlpha = alpha;
    for (const k of order) {
      const g = group ? (group[k] ?? 0) : 0;
      context.fillStyle = fills[g] ?? fills[0]!;
      const [px, py] = [xs.px(x[k]!), ys.px(y[k]!)];
      if (tones[g]?.tone === 'cold') context.fillRect(px - r, py - r, 2 * r, 2 * r);
      else {
        context.beginPath();
        context.arc(px, py, r, 0, 2 * Math.PI);
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }, [order, x, y, group, tones, xs, ys, width, height, theme]);

  const nearest = (px: number, py: number): number | null => {
    let best: number | null = null;
    let distance = 18 ** 2;
    for (const k of order) {
      const d = (xs.px(x[k]!) - px) ** 2 + (ys.px(y[k]!) - py) ** 2;
      if (d < distance) {
        distance = d;
        best = k;
      }
    }
    return best;
  };
  const say = (k: number | undefined): string => (k === undefined ? 'nothing' : `${oneLine(labelOf(k))}: ${xLabel} ${xFormat(x[k]!)}, ${yLabel} ${yFormat(y[k]!)}${group && tones[group[k] ?? 0] ? `, ${tones[group[k] ?? 0]!.label}` : ''}`);
  const place = active === null ? -1 : order.indexOf(active);
  const ring = active ?? chosen;
  const few = named ? order.filter(named) : [];
  const names = few.length > 0 && few.length <= MOST_NAMED ? placedNames(few.map((k) => ({ label: labelOf(k), x: xs.px(x[k]!), y: ys.px(y[k]!) })), left, width) : [];
  const line = trend?.filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y)).map((p, k) => `${k ? 'L' : 'M'}${xs.px(p.x).toFixed(1)} ${ys.px(p.y).toFixed(1)}`).join('');

  return (
    <ChartFrame
      {...head}
      height={height}
      empty={order.length === 0 ? (empty ?? 'Nothing to draw.') : undefined}
      raster={() => canvas.current && { canvas: canvas.current, x: 0, y: 0, width, height }}
      twin={() => ({ columns: [{ key: 'name', label: 'Name' }, { key: 'x', label: xLabel }, { key: 'y', label: yLabel }], rows: order.slice(0, TABLE_LIMIT).map((k) => ({ name: oneLine(labelOf(k)), x: xFormat(x[k]!), y: yFormat(y[k]!) })) })}
      csv={() => toCsv(['Name', xLabel, yLabel, ...(group ? ['Group'] : [])], order.map((k) => [labelOf(k), x[k], y[k], ...(group ? [tones[group[k] ?? 0]?.label] : [])]))}
    >
      <div ref={box} className={css.box} style={{ height }}>
        <ChartReader
          label={`${head.title}: read along ${xLabel.toLowerCase()}`}
          length={order.length}
          active={active === null ? null : place}
          say={(k) => say(order[k])}
          onActive={(k) => setActive(k === null ? null : (order[k] ?? null))}
          onEnter={() => active !== null && onPick?.(active)}
        />
        <canvas ref={canvas} className={css.canvas} style={{ width, height }} aria-hidden="true" />
        <svg data-chart width={width} height={height} className={`${css.svg} ${css.over}`} aria-hidden="true">
          <GridLines scale={ys} left={left} right={width - 10} format={yFormat} />
          {xs.ticks.map((t) => (
            <text key={t} x={xs.px(t)} y={height - BOTTOM + 15} textAnchor={xs.px(t) > width - 24 ? 'end' : 'middle'}>
              {xFormat(t)}
            </text>
          ))}
          <text x={width - 10} y={height - 4} textAnchor="end">
            {xLabel}
          </text>
          <text x={left} y={9} style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 3 }}>
            {yLabel}
          </text>
          {diagonal && <line x1={xs.px(xs.min)} y1={ys.px(xs.min)} x2={xs.px(xs.max)} y2={ys.px(xs.max)} style={{ stroke: 'var(--muted)', strokeDasharray: '4 3' }} />}
          {line && <path d={line} style={{ fill: 'none', stroke: 'var(--surface)', strokeWidth: 5, strokeLinejoin: 'round' }} />}
          {line && <path d={line} style={{ fill: 'none', stroke: 'var(--ink)', strokeWidth: 2, strokeLinejoin: 'round' }} />}
          {names.map((n) => (
            <text key={`${n.x} ${n.y}`} x={n.x} y={n.y} style={{ paintOrder: 'stroke', stroke: 'var(--surface)', strokeWidth: 3 }}>
              {n.label}
            </text>
          ))}
          {ring !== null && x[ring] !== undefined && <circle data-export="no" cx={xs.px(x[ring])} cy={ys.px(y[ring]!)} r={5.5} style={{ fill: 'none', stroke: 'var(--focus)', strokeWidth: 2 }} />}
        </svg>
        <div
          className={css.surface}
          aria-hidden="true"
          onPointerMove={(e) => {
            const at = e.currentTarget.getBoundingClientRect();
            setActive(nearest(e.clientX - at.left, e.clientY - at.top));
          }}
          onPointerLeave={() => setActive(null)}
          onClick={() => {
            if (active !== null) onPick?.(active);
          }}
        />
        {active !== null && x[active] !== undefined && (
          <div className={css.tip} aria-hidden="true" style={xs.px(x[active]) > width / 2 ? { right: width - xs.px(x[active]) + 12 } : { left: xs.px(x[active]) + 12 }}>
            <b>{oneLine(labelOf(active), 80)}</b>
            {xLabel} {xFormat(x[active])} · {yLabel} {yFormat(y[active]!)}
          </div>
        )}
      </div>
    </ChartFrame>
  );
}
