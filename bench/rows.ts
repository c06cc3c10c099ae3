/** One line of the benchmark: the same work in up to three ways. */
import { figure, table, times } from './document';
import { WAYS, WAY_NAMES, type Way } from './ways';

export interface BenchRow {
  what: string;
  /** Unit of the figures, higher is better ('GFLOP/s'), or 'ms' (lower is better). */
  unit: string;
  figures: Partial<Record<Way, number>>;
  /** Of the SIMD way's fastest run, in the figure's unit. */
  fastest?: number;
  /** GFLOP/s of the SIMD way's fastest run, where the operations are counted. */
  gflops?: number;
  note?: string;
}

/** How many times as fast `a` is as `b`. */
function ratio(row: BenchRow, a: Way, b: Way): number {
  const [x, y] = [row.figures[a], row.figures[b]];
  if (x === undefined || y === undefined) return NaN;
  return row.unit === 'ms' ? y / x : x / y;
}
export const HEAD = ['work', 'unit', ...WAYS.map((w) => WAY_NAMES[w]), 'SIMD : twin', 'SIMD : stock', 'fastest SIMD run: GFLOP/s', 'of the peak'];
/** @param peak GFLOP/s of the fastest matrix product of this run */
export const cells = (row: BenchRow, peak: number): string[] => [
  row.what, row.unit, ...WAYS.map((w) => (row.figures[w] === undefined ? '–' : figure(row.figures[w]!))), times(ratio(row, 'simd', 'twin')), times(ratio(row, 'simd', 'stock')),
  row.gflops === undefined ? '–' : figure(row.gflops), row.gflops === undefined ? '–' : `${Math.round((100 * row.gflops) / peak)} %`,
];
export const rowsTable = (rows: readonly BenchRow[], peak: number): string => table(HEAD, rows.map((r) => cells(r, peak)));
