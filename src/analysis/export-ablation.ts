/** An ablation as a LaTeX table with booktabs: one row an arm, one column a slice. Pure. */
import { ABLATION_SLICES, type AblationRow, type ArmFigure } from './compare-ablation';
import { escapeLatex } from './export-latex';
import type { SliceId } from '../core/metric';

export interface AblationFacts {
  /** 'Ablation: EASE, regularisation' */
  title: string;
  data: string;
  /** The split in words. */
  protocol: string;
  metric: string;
  reference: string;
  sentence: string;
}

const heads: Partial<Record<SliceId, string>> = { all: 'All items', warm: 'Warm', cold: 'Cold' };
const short = (x: number): string => x.toFixed(4).replace(/^0\./, '.');

/** @param rows as `ablation` gives them; the best of each column in bold, an asterisk where it is told apart from the reference */
export function ablationLatex(rows: readonly AblationRow[], facts: AblationFacts): string {
  const slices = ABLATION_SLICES.filter((s) => rows.some((r) => r.figures[s]));
  const best = new Map(slices.map((s) => [s, Math.max(...rows.map((r) => r.figures[s]?.mean ?? -Infinity))]));
  const cell = (f: ArmFigure | undefined, slice: SliceId): string => {
    if (!f) return '--';
    const number = f.mean === best.get(slice) ? `\\textbf{${short(f.mean)}}` : short(f.mean);
    return `${number}${f.against?.apart ? '$^{*}$' : ''}${f.sd === null ? '' : ` {\\scriptsize$\\pm$${short(f.sd)}}`}`;
  };
  const tests = rows.flatMap((r) => slices.filter((s) => r.figures[s]?.against)).length;
  const seeds = [...new Set(rows.flatMap((r) => Object.values(r.figures).map((f) => f.seeds)))].sort((a, b) => a - b);
  const repeats = seeds.length === 1 && seeds[0] === 1 ? 'One run each' : `Mean ± sd over ${seeds.length === 1 ? seeds[0] : `${seeds[0]} to ${seeds.at(-1)}`} seeds`;
  const caption = `${facts.title}. ${facts.metric} on ${facts.data}, ${facts.protocol}, full ranking. ${repeats}. Best in bold; * told apart from ${facts.reference} (paired t over users, Holm over ${tests} tests, .05).`;
  const n = (s: SliceId): number => rows.find((r) => r.figures[s])?.figures[s]?.n ?? 0;
  return [
    '% requires \\usepackage{booktabs}',
    '\\begin{table}[t]',
    '  \\centering',
    `  \\caption{${escapeLatex(caption)}}`,
    `  \\begin{tabular}{l${'r'.repeat(slices.length)}}`,
    '    \\toprule',
    `    Arm & ${slices.map((s) => `${heads[s]} ($n = ${n(s)}$)`).join(' & ')} \\\\`,
    '    \\midrule',
    ...rows.map((r) => `    ${[escapeLatex(r.label), ...slices.map((s) => cell(r.figures[s], s))].join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    `% ${escapeLatex(facts.sentence)}`,
    '',
  ].join('\n');
}
