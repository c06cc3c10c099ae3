import { expect, it } from 'vitest';
import { ablation } from './compare-ablation';
import { ablationLatex } from './export-ablation';
import { rankedRun } from './ranked-run';

const slices = 'w'.repeat(40) + 'c'.repeat(40);
const ranks = (cold: number): number[] => [...Array.from({ length: 40 }, (_, u) => 1 + (u % 4)), ...Array.from({ length: 40 }, () => cold)];
const arm = (label: string, cold: number) => ({ label, runs: [1, 2].map((seed) => rankedRun(ranks(cold), { id: `${label} ${seed}`, seed }, slices)) });

it('one row an arm, one column a slice; best in bold, an asterisk where it is told apart, every name escaped', () => {
  const rows = ablation([arm('no_text', 50), arm('lyrics & 100%', 3)], 0, 'NDCG@10');
  const text = ablationLatex(rows, { title: 'Ablation: EASE, text', data: 'R&D', protocol: 'last one out', metric: 'NDCG@10', reference: 'no_text', sentence: '100% sure' });
  for (const part of ['\\toprule', '\\midrule', '\\bottomrule', 'Arm & All items ($n = 80$) & Warm ($n = 40$) & Cold ($n = 40$) \\\\', 'R\\&D', 'over 2 seeds', 'told apart from no\\_text', 'Holm over 3 tests', '% 100\\% sure']) expect(text).toContain(part);
  expect(text).toMatch(/lyrics \\& 100\\% & \\textbf\{\.\d{4}\}\$\^\{\*\}\$ .* & \\textbf\{\.6404\} .* & \\textbf\{\.5000\}\$\^\{\*\}\$/);
  for (const line of text.split('\n').filter((l) => l.endsWith('\\\\'))) expect(line.split(/(?<!\\)&/)).toHaveLength(4);
});
