/** A board as a table of words for a paper or a note: one column per metric, best and tied rows marked. Pure. */
import type { SliceId } from '../core/metric';
import type { Board, BoardRow } from './leaderboard';
import { LEVEL } from './leaderboard-pairs';

/** One metric of one row. */
export interface TableCell {
  value: number | null;
  sd: number | null;
  best: boolean;
  /** Cannot be told apart from the best (the best itself: false). */
  tied: boolean;
}
export interface TableRow {
  label: string;
  baseline: boolean;
  seeds: number;
  seconds: number | null;
  cells: TableCell[];
}
export interface BoardTable {
  title: string;
  /** 'HR@10' */
  metrics: string[];
  slice: SliceId;
  rows: TableRow[];
  caption: string;
}

export interface BoardFacts {
  data: string;
  counts: { users: number; items: number; interactions: number };
  /** The split in words: 'last interaction of each user held out'. */
  protocol: string;
  splitHash: string;
  sampled: number | null;
  title: string;
}

const sliceWords: Record<SliceId, string> = { all: 'all held-out items', warm: 'warm items only', cold: 'cold items only', new: 'strictly new items only' };
const whole = new Intl.NumberFormat('en-US');

/** @param boards the same entries under one slice, one board per metric; rows follow the first */
export function boardTable(boards: readonly Board[], facts: BoardFacts): BoardTable {
  const first = boards[0]!;
  const slice = first.view.slice;
  const rows = first.rows.map((row): TableRow => ({
    label: row.label,
    baseline: row.kind !== 'model',
    seeds: row.seeds.length,
    seconds: row.seconds,
    cells: boards.map((board) => {
      const own = board.rows.find((r) => r.key === row.key)!;
      return { value: own.value, sd: own.sd, best: own.rank === 1, tied: own.tiedWithBest === true && own.rank !== 1 };
    }),
  }));
  return { title: facts.title, metrics: boards.map((b) => `${b.view.metric}@${b.view.k}`), slice, rows, caption: caption(first, facts) };
}

function caption(board: Board, facts: BoardFacts): string {
  const n = board.rows[0]?.n ?? 0;
  const among = facts.sampled === null ? `full ranking of all ${whole.format(facts.counts.items)} items` : `ranked among ${whole.format(facts.sampled)} listed negatives (sampled: not comparable with full ranking)`;
  const seeds = [...new Set(board.rows.filter((r) => r.runs.length > 0).map((r) => r.seeds.length))].sort((a, b) => a - b);
  const repeats = seeds.length === 0 ? '' : seeds.length === 1 && seeds[0] === 1 ? ' One seed.' : ` Mean ± sd over ${seeds.length === 1 ? seeds[0] : `${seeds[0]} to ${seeds.at(-1)}`} seeds.`;
  const tested = board.tested
    ? ` Best in bold; † cannot be told apart from the best (${testWords(board)}).`
    : ' Best in bold; differences were not tested.';
  return `${facts.data} (${whole.format(facts.counts.users)} users, ${whole.format(facts.counts.items)} items, ${whole.format(facts.counts.interactions)} interactions), ${facts.protocol}, ${among}, ${sliceWords[board.view.slice]}, n = ${whole.format(n)} users.${repeats}${tested}`;
}

/** Which tests, over what, corrected how. */
export function testWords(board: Pick<Board, 'tested'>): string {
  const t = board.tested!;
  return `paired bootstrap with ${whole.format(t.resamples)} resamples of ${whole.format(t.users)} users and Wilcoxon signed-rank, both at ${String(LEVEL).replace(/^0/, '')} after Holm's correction over ${whole.format(t.comparisons)} ${t.comparisons === 1 ? 'pair' : 'pairs'}`;
}

/** Every figure of a board in columns a program can read; numbers stay numbers. */
export function boardColumns(board: Board): { header: string[]; rows: (string | number | null)[][] } {
  const name = `${board.view.metric}@${board.view.k}`;
  const header = ['rank', 'model', 'kind', 'slice', 'n', 'seeds', name, 'sd', 'low', 'high', 'seconds', 'group', 'difference to best', 'difference low', 'difference high', 'p bootstrap (Holm)', 'p Wilcoxon (Holm)', 'told apart from best', ...(['all', 'warm', 'cold', 'new'] as const).flatMap((s) => [`${s} ${name}`, `${s} n`])];
  const rows = board.rows.map((r: BoardRow): (string | number | null)[] => {
    // A pair is a minus b, and the best is always a.
    const p = r.againstBest;
    return [
      r.rank, r.label, r.kind, board.view.slice, r.n, r.seeds.join(' '), r.value, r.sd, r.low, r.high, r.seconds, r.letters,
      p ? -p.difference : null, p ? -p.high : null, p ? -p.low : null, p?.bootstrap ?? null, p?.wilcoxon ?? null,
      r.tiedWithBest === null ? null : r.rank === 1 ? 'best' : r.tiedWithBest ? 'no' : 'yes',
      ...(['all', 'warm', 'cold', 'new'] as const).flatMap((s) => [r.slices[s].value, r.slices[s].n]),
    ];
  });
  return { header, rows };
}
