/** Cleaning: recorded, replayable steps, each a pure function of (data set, rule). */
import { countsOf, type CleaningRule, type CleaningStep, type Counts, type DataSet, type Interactions } from '../../core/dataset';
import { Problem } from '../../core/problem';
import { takeRows } from '../assemble';
import { pickEntities, pickListed, pickTruth } from '../entity-rows';
import { hashData } from '../hash';
import { orderOfIds } from '../id-order';
import { orderOfRows } from '../row-order';
import { pickSide } from '../side-facts';
import { coreRows } from './core';
import { mergeDuplicates } from './duplicates';

/**
 * Applies `rules` in order. Users and items left without interactions go, dense indices are assigned anew, the hash is set,
 * and rows of the known truth follow. `raw` is not changed.
 * @throws Problem when a rule needs values that are not there, or when nothing is left
 */
export function clean(raw: DataSet, rules: CleaningRule[]): { data: DataSet; funnel: CleaningStep[] } {
  // A table alone: every rule is about interactions, and dropping what has none would drop it all.
  if (raw.interactions.user.length === 0) return { data: raw, funnel: [] };
  const funnel: CleaningStep[] = [];
  let x = raw.interactions;
  let before = countsOf(raw);
  for (const rule of rules) {
    x = apply(rule, x, raw);
    const after = countsIn(x, raw);
    funnel.push({ step: rule, before, after });
    if (after.interactions === 0) {
      throw new Problem(
        `Nothing is left after the step "${describeRule(rule)}": it removed the last ${before.interactions.toLocaleString('en-US')} interactions.`,
        { file: raw.name },
        rule.kind === 'core' ? 'Choose a smaller k.' : 'Choose a smaller minimum value.',
      );
    }
    before = after;
  }
  return { data: reindex(raw, x, funnel), funnel };
}

function describeRule(rule: CleaningRule): string {
  if (rule.kind === 'duplicates') return rule.keep === 'sum' ? 'repeated pairs: values added up' : `repeated pairs: the ${rule.keep} is kept`;
  return rule.kind === 'minValue' ? `value at least ${rule.min}` : `${rule.k}-core`;
}

function apply(rule: CleaningRule, x: Interactions, raw: DataSet): Interactions {
  switch (rule.kind) {
    case 'duplicates':
      return mergeDuplicates(x, rule.keep, raw.items.ids.length);
    case 'minValue': {
      const { value } = x;
      if (!value) throw new Problem('A minimum value needs a value column, and these interactions have none.', { file: raw.name }, 'Remove this step, or choose the column with plays or ratings as value.');
      return keepRows(x, (k) => value[k]! >= rule.min);
    }
    case 'core': {
      if (!Number.isInteger(rule.k) || rule.k < 1) throw new Problem(`A core needs a whole number k of at least 1, received ${rule.k}.`, {}, 'Choose k = 5, for example.');
      return takeRows(x, coreRows(x, rule.k, raw.users.ids.length, raw.items.ids.length));
    }
  }
}

function keepRows(x: Interactions, keep: (k: number) => boolean): Interactions {
  const rows = new Int32Array(x.user.length);
  let n = 0;
  for (let k = 0; k < rows.length; k++) if (keep(k)) rows[n++] = k;
  return takeRows(x, rows.subarray(0, n));
}

function used(codes: Int32Array, size: number): Int32Array {
  const seen = new Uint8Array(size);
  for (const c of codes) seen[c] = 1;
  const list: number[] = [];
  seen.forEach((s, c) => {
    if (s) list.push(c);
  });
  return Int32Array.from(list);
}

const countsIn = (x: Interactions, raw: DataSet): Counts => ({
  interactions: x.user.length,
  users: used(x.user, raw.users.ids.length).length,
  items: used(x.item, raw.items.ids.length).length,
});

/**
 * Dense indices over the survivors. Their order is worked out again rather than kept: once the last id that is not a
 * whole number has gone, the order of the others turns from code unit to numeric.
 */
function reindex(raw: DataSet, x: Interactions, funnel: CleaningStep[]): DataSet {
  const steps = [...raw.steps, ...funnel];
  const users = survivors(raw.users.ids, x.user);
  const items = survivors(raw.items.ids, x.item);
  const user = x.user.map((u) => users.indexOf[u]!);
  const item = x.item.map((i) => items.indexOf[i]!);
  const interactions = takeRows({ ...x, user, item }, orderOfRows(user, users.ids.length, x.time, x.row));
  return {
    ...raw,
    users: pickEntities(raw.users, users.ids, users.rows),
    items: pickEntities(raw.items, items.ids, items.rows),
    interactions,
    steps,
    hash: hashData(users.ids, items.ids, interactions),
    truth: raw.truth && pickTruth(raw.truth, users.rows, items.rows),
    ...(raw.listed ? { listed: pickListed(raw.listed, users.indexOf, items.indexOf) } : {}),
    ...(raw.side ? { side: pickSide(raw.side, users.indexOf, items.indexOf) } : {}),
  };
}

function survivors(ids: string[], codes: Int32Array): { ids: string[]; rows: Int32Array; indexOf: Int32Array } {
  const kept = used(codes, ids.length);
  const keptIds = Array.from(kept, (r) => ids[r]!);
  const rows = orderOfIds(keptIds).map((k) => kept[k]!);
  const indexOf = new Int32Array(ids.length).fill(-1);
  rows.forEach((r, index) => (indexOf[r] = index));
  return { ids: Array.from(rows, (r) => ids[r]!), rows, indexOf };
}
