import { expect, it } from 'vitest';
import { rankedRun } from '../../analysis/ranked-run';
import type { ParamSpec } from '../../core/params';
import { catalogue } from '../../models/catalogue';
import { paramWords, settingRows } from './setting-words';

const run = rankedRun([1, 2]);
const rowOf = (label: string, ...runs: (typeof run)[]): (string | null)[] | undefined => settingRows(runs).find((r) => r.label === label)?.values;

it('models go by their names, splits and truth values by words', () => {
  const knn = { ...run, model: { id: 'item-knn', params: {} } };
  const ease = { ...run, id: 'b', model: { id: 'ease', params: {} }, split: { ...run.split, spec: { ...run.split.spec, protocol: 'temporal' as const, validation: !run.split.spec.validation } } };
  expect(rowOf('Name', knn, ease)).toEqual(['ItemKNN', 'EASE']);
  expect(rowOf('Held out', knn, ease)?.[1]).toBe('By date');
  expect(rowOf('Validation set', knn, ease)?.toSorted()).toEqual(['no', 'yes']);
});
it('no choice of any model is shown by its id where its form has a label', () => {
  for (const card of catalogue) {
    for (const spec of Object.values(card.params as Record<string, ParamSpec>)) {
      if (spec.kind !== 'choice') continue;
      for (const o of spec.options) expect(paramWords(spec, o.value)).toBe(o.label);
    }
  }
});
it('a switch is on or off, a blend names its members, and what nobody knows any more stays as saved', () => {
  expect(paramWords(undefined, false)).toBe('off');
  expect(paramWords({ kind: 'members', label: '', help: '', default: '' }, 'item-knn:0.5,ease:0.5')).toBe('ItemKNN × 0.5, EASE × 0.5');
  expect(paramWords(undefined, 'gone-by')).toBe('gone-by');
});
