/** A table as LaTeX with booktabs. Text from data sets and names is escaped, whatever it holds. Pure. */
import type { BoardTable, TableCell } from './board-table';

const commands: Record<string, string> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', $: '\\$', '&': '\\&', '#': '\\#', '%': '\\%', _: '\\_',
  '^': '\\textasciicircum{}', '~': '\\textasciitilde{}', '<': '\\textless{}', '>': '\\textgreater{}', '|': '\\textbar{}', '"': '\\symbol{34}',
  '±': '$\\pm$', '×': '$\\times$', '·': '$\\cdot$', '−': '$-$', '≥': '$\\geq$', '≤': '$\\leq$', '†': '$^{\\dagger}$', '–': '--', '—': '---', '…': '\\ldots{}', '’': "'", '‘': '`', '\u00a0': '~',
  α: '$\\alpha$', β: '$\\beta$', γ: '$\\gamma$', λ: '$\\lambda$', μ: '$\\mu$', ν: '$\\nu$', σ: '$\\sigma$', '₀': '$_0$', '₁': '$_1$', '₂': '$_2$',
};

/** Text that LaTeX prints as it stands, in any font encoding; line ends become spaces, marks without a shape (of direction, of joining) go. Other letters are left to UTF-8. */
export const escapeLatex = (text: string): string =>
  Array.from(text.replace(/\p{Cc}+/gu, ' ').replace(/\p{Cf}+/gu, ''), (c) => commands[c] ?? c).join('');

/** Paste into a document that uses the package booktabs. */
export function toLatex(table: BoardTable, digits = 4): string {
  const columns = ['l', ...table.metrics.map(() => 'r'), 'r'];
  const head = ['Model', ...table.metrics.map(escapeLatex), 'Seconds'];
  const body = table.rows.map((row) =>
    [escapeLatex(row.baseline ? baselineLabel(row.label) : row.label), ...row.cells.map((c) => cell(c, digits)), row.seconds === null ? '--' : row.seconds.toFixed(row.seconds < 10 ? 1 : 0)].join(' & '));
  return [
    '% requires \\usepackage{booktabs}',
    '\\begin{table}[t]',
    '  \\centering',
    `  \\caption{${escapeLatex(table.caption)}}`,
    `  \\label{tab:${table.title.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'leaderboard'}}`,
    `  \\begin{tabular}{${columns.join('')}}`,
    '    \\toprule',
    `    ${head.join(' & ')} \\\\`,
    '    \\midrule',
    ...body.map((line) => `    ${line} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

/** 'Random (expected)' → 'Random (expected, baseline)'. */
const baselineLabel = (label: string): string => (label.endsWith(')') ? `${label.slice(0, -1)}, baseline)` : `${label} (baseline)`);

function cell({ value, sd, best, tied }: TableCell, digits: number): string {
  if (value === null) return '--';
  const number = short(value, digits);
  const marked = `${best ? `\\textbf{${number}}` : number}${tied ? '$^{\\dagger}$' : ''}`;
  return sd === null ? marked : `${marked} {\\scriptsize$\\pm$${short(sd, digits)}}`;
}
const short = (x: number, digits: number): string => x.toFixed(digits).replace(/^(-?)0\./, '$1.').replace('-', '$-$$');
