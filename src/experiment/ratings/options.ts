/** The part of the command line that belongs to rating prediction. */
import { Problem } from '../../core/problem';
import { FOLD_LIMITS, type FoldSpec } from '../../core/rating-run';

export interface RatingOptions {
  task: 'rank' | 'predict' | null;
  /** Null: the data's own folds, or five random ones. */
  folds: FoldSpec | null;
  seed: number;
}
interface Given {
  task?: string | undefined;
  folds?: string | undefined;
  'folds-seed'?: string | undefined;
  'holdout-share'?: string | undefined;
}

const bad = (what: string): Problem => new Problem(what, {}, 'See --help for all options.');

function number(name: string, text: string, [min, max]: readonly [number, number], whole: boolean): number {
  const n = Number(text);
  if (text.trim() === '' || !(n >= min && n <= max) || (whole && !Number.isInteger(n))) throw bad(`${name} takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}; received "${text}".`);
  return n;
}

/** @throws Problem naming the option and what it takes */
export function ratingOptions(v: Given): RatingOptions {
  const { task } = v;
  if (task !== undefined && task !== 'rank' && task !== 'predict') throw bad(`--task takes rank, predict; received "${task}".`);
  if (v['folds-seed'] !== undefined && v.folds === 'published') throw bad('--folds-seed belongs to random folds; those of --folds published come with the data.');
  const seed = v['folds-seed'] === undefined ? 42 : number('--folds-seed', v['folds-seed'], FOLD_LIMITS.seed, true);
  const share = v['holdout-share'] === undefined ? null : number('--holdout-share', v['holdout-share'], FOLD_LIMITS.share, false);
  if (share !== null && v.folds !== undefined && v.folds !== 'holdout') throw bad(`--holdout-share belongs to --folds holdout; received --folds "${v.folds}".`);
  const folds = ((): FoldSpec | null => {
    if (v.folds === 'holdout' || share !== null) return { kind: 'holdout', share: share ?? 0.2, seed };
    if (v.folds === undefined) return null;
    if (v.folds === 'published') return { kind: 'published' };
    if (!/^\s*[+-]?[\d.]+\s*$/.test(v.folds)) throw bad(`--folds takes published, holdout or a whole number from ${FOLD_LIMITS.k[0]} to ${FOLD_LIMITS.k[1]}; received "${v.folds}".`);
    return { kind: 'kfold', k: number('--folds', v.folds, FOLD_LIMITS.k, true), seed };
  })();
  return { task: task ?? null, folds, seed };
}
