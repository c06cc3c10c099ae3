import { expect, it } from 'vitest';
import { ablation, ablationCells, ablationSentence } from './compare-ablation';
import { rankedRun } from './ranked-run';

const slices = 'w'.repeat(40) + 'c'.repeat(40);
const ranks = (cold: number): number[] => [...Array.from({ length: 40 }, (_, u) => 1 + (u % 4)), ...Array.from({ length: 40 }, () => cold)];
const arm = (label: string, cold: number, seeds = 2) => ({ label, runs: Array.from({ length: seeds }, (_, s) => rankedRun(ranks(cold), { id: `${label} ${s}`, seed: s }, slices)) });

it('text that lifts only cold items is said to lift cold items and the whole, not warm ones', () => {
  const rows = ablation([arm('none', 50), arm('lyrics', 3)], 0, 'NDCG@10');
  expect(rows[1]!.figures.cold).toMatchObject({ seeds: 2, n: 40, mean: 0.5, sd: 0, against: { apart: true } });
  expect(rows[1]!.figures.cold!.against!.mean).toBeCloseTo(0.5, 12);
  expect(rows[1]!.figures.warm!.against).toMatchObject({ mean: 0, p: 1, apart: false });
  const said = ablationSentence(rows, 'none', 'NDCG@10');
  expect(said).toContain('lyrics is better than none on cold items by .5000');
  expect(said).toContain('The other test tells nothing apart');
  expect(said).not.toContain('warm');
});
it('two arms alike support no sentence, and few seeds are owned up to', () => {
  expect(ablationSentence(ablation([arm('none', 50, 1), arm('same', 50, 1)], 0, 'NDCG@10'), 'none', 'NDCG@10')).toMatch(/^These figures support no sentence: in none of 3 tests.*With one seed/);
  expect(ablationSentence(ablation([arm('none', 50, 1), arm('same', 50, 1)], 0, 'NDCG@10'), 'none', 'NDCG@10', false)).not.toContain('seed');
});
it('an arm that has not finished is left out, and one arm alone is not tested', () => {
  const rows = ablation([arm('none', 50), { label: 'title', runs: [] }], 0, 'HR@10');
  expect(rows.map((r) => r.label)).toEqual(['none']);
  expect(ablationSentence(rows, 'none', 'HR@10')).toMatch(/nothing to test yet/);
});
it('seeds at .5 and 1 have mean .75 and sd .3536', () => {
  const rows = ablation([{ label: 'a', runs: [rankedRun([3, 3]), rankedRun([1, 1])] }], 0, 'NDCG@10');
  expect(rows[0]!.figures.all!.mean).toBe(0.75);
  expect(rows[0]!.figures.all!.sd).toBeCloseTo(0.35355, 5);
});
it('files carry one line an arm and slice', () => {
  expect(ablationCells(ablation([arm('none', 50), arm('lyrics', 3)], 0, 'HR@10'), 'HR@10').rows.map((r) => `${r[0]} ${r[1]}`)).toEqual(['none all', 'none warm', 'none cold', 'lyrics all', 'lyrics warm', 'lyrics cold']);
});
