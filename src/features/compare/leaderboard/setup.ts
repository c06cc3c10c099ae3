/** What a leaderboard is to run: models with their settings, seeds, and how results are shown. Pure; store.ts keeps one. */
import { presetOf, presetValues, resolveText } from '../../../app/train-config';
import type { AnyModelCard } from '../../../core/model';
import { defaultsOf, type ParamSpecs, type ParamValue } from '../../../core/params';

export interface Contender {
  /** Stable while the form lives. */
  id: string;
  model: string;
  /** Null: the card's defaults. */
  preset: string | null;
  params: Record<string, ParamValue>;
  /** Key of text vectors; null none; undefined the likeliest. */
  text: string | null | undefined;
}

export interface Setup {
  contenders: Contender[];
  /** As typed; `parseSeeds` reads it. */
  seeds: string;
  /** Take finished runs with the very same settings instead of training again. */
  reuse: boolean;
}

const MAX_SEEDS = 20;
const QUICK = ['popularity', 'item-knn', 'user-knn', 'ease', 'pure-svd', 'als'];
/** Where the card's own defaults are not its quick ones. */
const QUICK_PRESET: Record<string, string> = { als: 'fast' };

export const settingsOf = (card: AnyModelCard, preset: string | null): Record<string, ParamValue> =>
  preset === null ? (defaultsOf(card.params as ParamSpecs) as Record<string, ParamValue>) : presetValues(card, preset);

let made = 0;
export function contender(card: AnyModelCard, preset: string | null = null): Contender {
  const known = preset !== null && presetOf(card, preset) ? preset : null;
  return { id: `c${++made}`, model: card.id, preset: known, params: settingsOf(card, known), text: undefined };
}

export function defaultSetup(catalogue: readonly AnyModelCard[]): Setup {
  const quick = QUICK.flatMap((id) => catalogue.find((c) => c.id === id) ?? []);
  return { contenders: quick.map((c) => contender(c, QUICK_PRESET[c.id] ?? null)), seeds: '1, 2, 3', reuse: true };
}

/** Seeds as typed: a list of whole numbers. @returns the seeds, or what is wrong with the text */
export function parseSeeds(text: string): { seeds: number[]; problem: null } | { seeds: null; problem: string } {
  const allowed = `1 to ${MAX_SEEDS} different whole numbers from 0 to 4294967295, with commas between them`;
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const seeds = parts.map(Number);
  const bad = parts.find((p, k) => !/^\d+$/.test(p) || seeds[k]! > 0xffffffff);
  if (bad !== undefined) return { seeds: null, problem: `"${bad}" is not a seed. Give ${allowed}.` };
  if (seeds.length === 0) return { seeds: null, problem: `There is no seed. Give ${allowed}.` };
  if (new Set(seeds).size < seeds.length) return { seeds: null, problem: `A seed is there twice: its runs would be the same. Give ${allowed}.` };
  if (seeds.length > MAX_SEEDS) return { seeds: null, problem: `${seeds.length} seeds are too many. Give ${allowed}.` };
  return { seeds, problem: null };
}

/** What sets a contender apart in words: 'EASE', 'EASE, L2 weight 500', 'Two-tower, fast, text: lyrics'. */
export function describe(card: AnyModelCard, params: Record<string, unknown>, text: string | null): string {
  const specs = card.params as ParamSpecs;
  const differs = (base: Record<string, ParamValue>): string[] => Object.keys(specs).filter((n) => params[n] !== undefined && String(params[n]) !== String(base[n]));
  const fitting = [{ label: '', base: settingsOf(card, null) }, ...card.presets.map((p) => ({ label: p.label, base: settingsOf(card, p.id) }))]
    .map((p) => ({ ...p, changed: differs(p.base) }))
    .sort((a, b) => a.changed.length - b.changed.length)[0]!;
  const words = fitting.changed.slice(0, 3).map((n) => `${specs[n]!.label.toLowerCase()} ${shown(specs, n, params[n])}`);
  if (fitting.changed.length > 3) words.push(`${fitting.changed.length - 3} more changed`);
  return [card.name, fitting.label ? fitting.label.charAt(0).toLowerCase() + fitting.label.slice(1) : '', ...words, text ? `text: ${text}` : ''].filter(Boolean).join(', ');
}

function shown(specs: ParamSpecs, name: string, value: unknown): string {
  const spec = specs[name]!;
  if (spec.kind === 'choice') return spec.options.find((o) => o.value === value)?.label.toLowerCase() ?? String(value);
  if (spec.kind === 'toggle') return value === true ? 'on' : 'off';
  return String(value);
}

/** Key of the vectors a contender is fed, null for none. */
export const textOf = (card: AnyModelCard, c: Contender, vectors: readonly { key: string; column: string }[]): string | null => resolveText(card, c.text, vectors);
