/** What lists are searched by, as the address and its form have it: "ivf:16:4" is 16 lists, 4 of them read. And the line under a list. Pure. */
import { Problem } from '../../../core/problem';
import { checkPlan, checkSetting, DIAL, mostOf, type IndexPlan } from '../../../retrieval/plan';
import type { SearchChoice, SearchReport } from '../../../retrieval/serve';
import { usualLists } from '../../../retrieval/ivf';
import type { ExactBecause } from '../../../../workers/protocol';
import { count, percent } from '../../../ui/format';
import { milliseconds, planName } from './settings';

const WAYS = ['exact', 'ivf', 'sign', 'bucket'] as const;
export type Way = (typeof WAYS)[number];
/** As typed: what is no number is refused with the range, not replaced. */
export interface SearchForm {
  way: Way;
  /** Lists, bits or tables. */
  size: string;
  /** Bucketed hashing only. */
  width: string;
  /** Lists read, length of the shortlist, or tables read. */
  dial: string;
}

/** The form a way of searching starts with, over n vectors. */
export function usualForm(way: Way, n: number): SearchForm {
  const lists = usualLists(n);
  const usual = { exact: ['', ''], ivf: [lists, Math.max(1, Math.round(lists / 4))], sign: [128, Math.min(n, 200)], bucket: [16, 16] }[way];
  return { way, size: String(usual[0]), width: '1', dial: String(usual[1]) };
}

export function readSearch(raw: string | null, n: number): SearchForm {
  const [kind, ...parts] = (raw ?? '').split(':');
  const way = WAYS.find((w) => w === kind) ?? 'exact';
  const usual = usualForm(way, n);
  const [size, ...rest] = parts;
  const [width, dial] = way === 'bucket' ? rest : [undefined, rest[0]];
  return { way, size: size ?? usual.size, width: width ?? usual.width, dial: dial ?? usual.dial };
}

export const writeSearch = ({ way, size, width, dial }: SearchForm): string | null => (way === 'exact' ? null : way === 'bucket' ? `${way}:${size}:${width}:${dial}` : `${way}:${size}:${dial}`);

export const formOf = ({ plan, setting }: SearchChoice): SearchForm => ({
  way: plan.kind, dial: String(setting), width: plan.kind === 'bucket' ? String(plan.width) : '1',
  size: String(plan.kind === 'ivf' ? plan.nlist : plan.kind === 'sign' ? plan.bits : plan.tables),
});

const number = (text: string): number => (text.trim() === '' ? NaN : Number(text));
const planOf = ({ way, size, width }: SearchForm): IndexPlan | null =>
  way === 'exact' ? null : way === 'ivf' ? { kind: way, nlist: number(size) } : way === 'sign' ? { kind: way, bits: number(size) } : { kind: way, tables: number(size), width: number(width) };

export interface CheckedSearch {
  choice: SearchChoice | null;
  /** The sentence to show, and at which field. */
  fault: { field: 'plan' | 'dial'; what: string } | null;
}
/** A choice that can be asked for; null where lists are exact or something is out of range. */
export function checkSearch(form: SearchForm, n: number): CheckedSearch {
  const plan = planOf(form);
  if (!plan) return { choice: null, fault: null };
  const setting = number(form.dial);
  let field: 'plan' | 'dial' = 'plan';
  try {
    checkPlan(plan, n);
    field = 'dial';
    checkSetting(plan, n, setting);
    return { choice: { plan, setting }, fault: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { choice: null, fault: { field, what: `${error.what} ${error.remedy}` } };
  }
}

const EXACT: Record<ExactBecause, string> = {
  'not built': 'Exact search: the index for this model is not built.',
  discovery: 'Exact search: the discovery slider weighs every candidate against all others, so all are scored.',
  newcomer: 'Exact search: this model makes no vector for somebody it was not trained on.',
  'no vectors': 'Exact search: this model’s scores are no inner products of vectors, so there is nothing to index.',
};

/** What the search gave up and gained for the list above. */
export function searchLine(search: SearchReport | { exact: ExactBecause }): string {
  if ('exact' in search) return EXACT[search.exact];
  const { plan, setting, used, completed, recall, ms, exactMs, scanned, n } = search;
  const dial = DIAL[plan.kind];
  const found = `Through ${planName(plan)}, ${dial} ${count(setting)}: ${percent(recall)} of the exact list found in ${milliseconds(ms)}, reading ${percent(scanned / n)} of ${count(n)} items; exact search takes ${milliseconds(exactMs)}.`;
  if (completed) return `${found} The buckets held too few candidates; exact search filled the list.`;
  return used > setting ? `${found} So near this person too few are left to recommend: ${dial} went up to ${count(used)}${used === mostOf(plan, n) ? ', everything' : ''}.` : found;
}
