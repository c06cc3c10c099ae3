/** What the address says about the index to build, and the sentence its curve supports. Pure. */
import { Problem } from '../../../core/problem';
import { checkPlan, DIAL, fastestAt, type IndexCurve, type IndexPlan } from '../../../retrieval/curve';
import { usualLists } from '../../../retrieval/ivf';
import { count, percent } from '../../../ui/format';

const KINDS = ['ivf', 'sign', 'bucket'] as const;
export type Kind = IndexPlan['kind'];
/** How many neighbours are asked for. */
export const DEPTHS = ['10', '20', '100'] as const;

/** As typed: what is no number is refused with the range, not replaced. */
export interface IndexForm {
  kind: Kind;
  nlist: string;
  bits: string;
  tables: string;
  width: string;
  k: (typeof DEPTHS)[number];
}

export function readForm(query: URLSearchParams, n: number): IndexForm {
  return {
    kind: KINDS.find((k) => k === query.get('kind')) ?? 'ivf',
    nlist: query.get('nlist') ?? String(usualLists(n)),
    bits: query.get('bits') ?? '128',
    tables: query.get('tables') ?? '16',
    width: query.get('width') ?? '1',
    k: DEPTHS.find((k) => k === query.get('depth')) ?? '10',
  };
}

/** @throws Problem with the range of what is out of it */
export function planOf(form: IndexForm, n: number): IndexPlan {
  const number = (text: string): number => (text.trim() === '' ? NaN : Number(text));
  const plan: IndexPlan =
    form.kind === 'ivf' ? { kind: 'ivf', nlist: number(form.nlist) } : form.kind === 'sign' ? { kind: 'sign', bits: number(form.bits) } : { kind: 'bucket', tables: number(form.tables), width: number(form.width) };
  checkPlan(plan, n);
  return plan;
}

/** Which field is at fault, and the sentence to show at it; null where all is well. */
export function faultOf(form: IndexForm, n: number): string | null {
  try {
    planOf(form, n);
    return null;
  } catch (error) {
    return error instanceof Problem ? `${error.what} ${error.remedy}` : String(error);
  }
}

/** Milliseconds a query, as short as they are. */
export const milliseconds = (ms: number): string => `${ms >= 10 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms >= 0.1 ? ms.toFixed(2) : ms.toFixed(4)} ms`;

export const planName = (plan: IndexPlan): string =>
  plan.kind === 'ivf' ? `IVF, ${count(plan.nlist)} lists` : plan.kind === 'sign' ? `sign LSH, ${plan.bits} bits` : `bucketed LSH, ${plan.tables} tables, width ${plan.width}`;

/** Recall that counts as good enough in the sentence below. */
export const GOOD = 0.95;

/** What the curve says. */
export function readingOf(curve: IndexCurve): string {
  const { plan, points, exactMs, n, k } = curve;
  const dial = DIAL[plan.kind];
  const good = fastestAt(points, GOOD);
  if (!good) {
    const best = points.reduce((a, b) => (b.recall > a.recall ? b : a));
    return `no setting finds ${percent(GOOD)} of the true ${k} nearest: ${planName(plan)} reaches ${percent(best.recall)} at ${dial} ${count(best.setting)}.`;
  }
  const times = exactMs / good.ms;
  const facts = `${dial} ${count(good.setting)} finds ${percent(good.recall)} of the true ${k} nearest in ${milliseconds(good.ms)} a query, reading ${percent(good.scanned)} of ${count(n)} vectors; exact search takes ${milliseconds(exactMs)}`;
  if (times >= 1.2) return `${facts}, so the index is ${times.toFixed(1)} times as fast.`;
  if (times > 0.83) return `${facts}: no gain worth having at this size.`;
  return `${facts} and is faster: over ${count(n)} vectors an index does not pay. It begins to where reading them all takes milliseconds.`;
}
