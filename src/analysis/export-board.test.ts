import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardColumns, boardTable, type BoardFacts } from './board-table';
import { escapeLatex, toLatex } from './export-latex';
import { escapeMarkdown, toMarkdown } from './export-markdown';
import { entriesOf, leaderboard } from './leaderboard';
import { rankedRun } from './ranked-run';

const finding = (hits: number): number[] => Array.from({ length: 100 }, (_, u) => (u < hits ? 1 : 50));
const facts: BoardFacts = { data: 'R&D_50%', counts: { users: 943, items: 1682, interactions: 100000 }, protocol: 'last interaction held out', splitHash: 'h', sampled: null, title: 'My board' };
const boards = (() => {
  const run = (id: string, hits: number, seed = 1) => rankedRun(finding(hits), { model: { id, params: {} }, seed });
  const entries = entriesOf([run('EASE', 40), run('EASE', 42, 2), run('near_est', 40), run('near_est', 40, 2), run('far', 5), run('far', 6, 2)], (r) => r.model.id);
  return (['HR', 'NDCG'] as const).map((metric) => leaderboard(entries, { slice: 'all', metric, k: 10 }));
})();
const table = boardTable(boards, facts);

describe('LaTeX', () => {
  const text = toLatex(table);
  it('is a booktabs table with the best in bold, ties marked, sd beside the mean', () => {
    for (const rule of ['\\toprule', '\\midrule', '\\bottomrule', '\\usepackage{booktabs}']) expect(text).toContain(rule);
    expect(text).toContain('EASE & \\textbf{.4100} {\\scriptsize$\\pm$.0141} & \\textbf{.4100}');
    expect(text).toContain('near\\_est & .4000$^{\\dagger}$');
    expect(text).toMatch(/far & \.0550 \{/);
    expect(text).toContain('Popularity (baseline)');
    expect(text).toContain('Random (expected, baseline)');
  });
  it('its caption names data, protocol, n, seeds and tests', () => {
    for (const part of ['R\\&D\\_50\\% (943 users, 1,682 items', 'last interaction held out', 'full ranking of all 1,682 items', 'n = 100 users', 'over 2 seeds', 'Wilcoxon', '2,000 resamples', 'Holm', 'over 3 pairs']) expect(text).toContain(part);
  });
  it('every row has as many cells as there are columns', () => {
    const lines = text.split('\n').filter((l) => l.endsWith('\\\\'));
    expect(lines).toHaveLength(1 + table.rows.length);
    for (const l of lines) expect(l.split(/(?<!\\)&/)).toHaveLength(4);
  });
  it.each([['50%_a & b', '50\\%\\_a \\& b'], ['{x}^2 ~ #1 $5', '\\{x\\}\\textasciicircum{}2 \\textasciitilde{} \\#1 \\$5'], ['a\\b', 'a\\textbackslash{}b'], ['λ = .1', '$\\lambda$ = .1'], ['two\nlines', 'two lines'], ['say "x"', 'say \\symbol{34}x\\symbol{34}'], ['a\u202Eb\u200Bc', 'abc']])('%j is written %j', (from, to) => expect(escapeLatex(from)).toBe(to));
  it('no text can open a group, start a command or comment out the rest', () =>
    fc.assert(fc.property(fc.string(), (s) => {
      const left = escapeLatex(s).replace(/\\(?:[{}$&#%_]|[a-z]+\{\d*\})/g, '');
      expect(left).not.toMatch(/[\\{}%#&_^$\n]/);
    })));
  it('listed negatives are named in the caption', () => expect(toLatex(boardTable(boards, { ...facts, sampled: 99 }))).toContain('sampled: not comparable with full ranking'));
});

describe('Markdown', () => {
  it('bold best, dagger for ties, one row a model', () => {
    const text = toMarkdown(table);
    expect(text).toContain('| EASE | **.4100** ± .0141 |');
    expect(text).toContain('| near\\_est | .4000† ± .0000 |');
    expect(text.split('\n').filter((l) => l.startsWith('|'))).toHaveLength(2 + table.rows.length);
  });
  it('a pipe in a name stays in its cell', () => expect(escapeMarkdown('a|b*')).toBe('a\\|b\\*'));
});

describe('columns for programs', () => {
  it('one row a model, numbers as numbers, differences counted from the best down', () => {
    const { header, rows } = boardColumns(boards[0]!);
    const at = (name: string): number => header.indexOf(name);
    for (const r of rows) expect(r).toHaveLength(header.length);
    expect(rows[0]!.slice(0, 2)).toEqual([1, 'EASE']);
    expect(rows[0]![at('told apart from best')]).toBe('best');
    const far = rows.find((r) => r[1] === 'far')!;
    expect(far[at('difference to best')]).toBeCloseTo(-0.355, 12);
    expect(far[at('difference low')] as number).toBeLessThan(far[at('difference high')] as number);
    expect(far[at('told apart from best')]).toBe('yes');
  });
});
