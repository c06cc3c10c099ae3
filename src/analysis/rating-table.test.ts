import { expect, it } from 'vitest';
import { toLatex } from './export-latex';
import { toMarkdown } from './export-markdown';
import { ratingRun } from './rated-run';
import { ratingTable } from './rating-table';

const errors = Array.from({ length: 40 }, (_, k) => Math.sin(k));
const runs = [ratingRun('far_off', [1.4, 1.41], errors.map((e) => 2 * e)), ratingRun('best', [0.7, 0.7], errors), ratingRun('twin', [0.7, 0.7], errors)];

it('least RMSE first and in bold, the twin marked, sd over folds beside the mean; of r the largest is best', () => {
  const table = ratingTable(runs, 'rmse');
  const text = toLatex(table);
  expect(text).toContain('Model & RMSE & MAE & r & Seconds');
  expect(text).toMatch(/best & \\textbf\{\.7000\} \{\\scriptsize\$\\pm\$\.0000\} & \\textbf\{\.7000\}/);
  expect(text).toMatch(/twin & \.7000\$\^\{\\dagger\}\$/);
  expect(text).toMatch(/far\\_off & 1\.4050 \{[^&]*\} & 1\.4050 \{[^&]*\} & \\textbf\{1\.4050\}/);
  expect(toMarkdown(table).split('\n')[2]).toContain('| best | **.7000**');
});
it('a correlation below zero has a minus sign, in LaTeX as mathematics', () => {
  const table = ratingTable([ratingRun('chance', [-0.03, -0.05])], 'r');
  expect(toLatex(table)).toContain('\\textbf{$-$.0400}');
  expect(toMarkdown(table)).toContain('**−.0400**');
});
it('the caption names data, folds, n and both tests; of a single fold only what there is', () => {
  expect(ratingTable(runs, 'mae').caption).toMatch(/d \(1 users, 1 items, 1 ratings\), 5 random folds: mean ± sd over 2 folds, n = 20 ratings\..*paired t over the same ratings and t over folds.*both at \.05 after Holm's correction over 2 runs in each column/);
  const one = ratingTable([ratingRun('a', [1])], 'rmse').caption;
  expect(one).toContain('held out once');
  expect(one).not.toMatch(/†|sd/);
});
