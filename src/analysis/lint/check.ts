/** What one check of the evaluation linter is, and what it may say. */
import type { AnyModelCard } from '../../core/model';
import type { ParamSpec } from '../../core/params';
import type { RunRecord } from '../../core/run';

/** serious: a reviewer may reject for it. doubt: a reviewer will ask. remark: it belongs into the text. */
export type Severity = 'serious' | 'doubt' | 'remark';
export const SEVERITIES: readonly Severity[] = ['serious', 'doubt', 'remark'];

export interface Complaint {
  severity: Severity;
  /** What is wrong, with this run's own figures. */
  what: string;
  /** Why it matters. */
  why: string;
  /** What to do about it. */
  remedy: string;
}
/** ok: looked at and in order. skip: does not apply to this run. unknown: the record does not say, and why. */
export type Verdict = 'ok' | 'skip' | { unknown: string } | Complaint;

/** What is known of a model besides its runs. */
export interface ModelFacts {
  name: string;
  /** The seed changes its result. */
  seeded: boolean;
  /** It has numbers one would tune; epochs are chosen on validation anyway. */
  tunable: boolean;
}
export interface LintContext {
  /** The other runs of the same split. */
  others: readonly RunRecord[];
  /** Null for a model this build does not know. */
  factsOf(model: string): ModelFacts | null;
}

export interface Check {
  id: string;
  /** What was looked at, as a list of checks shows it. */
  title: string;
  look(run: RunRecord, context: LintContext): Verdict;
}

/** Popularity and chance are what others are measured against: nobody tunes or doubts them. */
export const isYardstick = (model: string): boolean => model === 'popularity' || model === 'random';

export function factsOfCard(card: AnyModelCard | undefined): ModelFacts | null {
  if (!card) return null;
  const specs = Object.entries(card.params as Record<string, ParamSpec>);
  return { name: card.name, seeded: card.deterministic !== true, tunable: !isYardstick(card.id) && specs.some(([name, s]) => name !== 'epochs' && (s.kind === 'int' || s.kind === 'number')) };
}

export const count = (n: number): string => n.toLocaleString('en-US');
export const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 && share > 0 ? 1 : 0).replace(/^0\./, '.')} %`;
export const rate = (x: number): string => x.toFixed(4).replace(/^(-?)0\./, '$1.');
export const list = (words: readonly string[]): string => (words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

/** Same model and settings: runs that differ in the seed at most. */
export function sameSettings(a: RunRecord, b: RunRecord): boolean {
  const plain = (r: RunRecord): string => JSON.stringify([r.model.id, Object.entries(r.model.params).sort(([x], [y]) => (x < y ? -1 : 1)), r.text?.column ?? null, r.text?.encoder ?? null]);
  return plain(a) === plain(b);
}
