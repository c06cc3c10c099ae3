/** Where a line chart's parts lie, in pixels. Apart from the drawing, so that its frame needs no drawing code. */
import type { Axis, Baseline, ChartSeries } from './chart-data';
import { labelWidth } from './plot-scale';

export interface LineFrame {
  series: ChartSeries[];
  baselines: Baseline[];
  x: Axis;
  y: Axis;
  width: number;
  height: number;
  yTick(v: number): string;
}

export const top = 10;
export const bottom = 24;

/** Pixel geometry of the plot: everything around the lines hangs on it. */
export function geometry({ series, baselines, x, y, width, height, yTick }: LineFrame) {
  const left = Math.max(28, Math.ceil(Math.max(...y.ticks.map((t) => labelWidth(yTick(t)))))) + 6;
  // Room at the right for labels of lines that end there, and for baselines always.
  const atEnd = series.filter((s) => s.points.length > 0 && (s.points.at(-1)!.x - x.min) / (x.max - x.min) > 0.75).map((s) => labelWidth(s.label) + 12);
  const right = Math.min(width * 0.34, Math.max(10, ...baselines.map((b) => labelWidth(b.label) + 8), ...atEnd));
  const px = (v: number): number => left + ((width - left - right) * (v - x.min)) / (x.max - x.min);
  const py = (v: number): number => top + (height - top - bottom) * (1 - (v - y.min) / (y.max - y.min));
  return { left, right, px, py };
}
