/** What the Train form holds, and how it travels in the address: one declaration (the model card) gives both. Pure. */
import type { AnyModelCard, Preset } from '../core/model';
import { defaultsOf, parseParams, type ParamSpecs, type ParamValue } from '../core/params';

export interface TrainConfig {
  model: string;
  /** The preset last taken; values may have been edited since. */
  preset: string | null;
  /** Every parameter; a number being typed may be text for a moment, which validation then names. */
  params: Record<string, ParamValue>;
  /** Key (or column) of the text vectors, null for none, undefined for "take the likeliest". */
  text: string | null | undefined;
  seed: number;
  /** Epochs without a better validation score before it ends; 0 = never. */
  patience: number;
}

export const DEFAULT_SEED = 42;
export const DEFAULT_PATIENCE = 5;

const specsOf = (card: AnyModelCard): ParamSpecs => card.params as ParamSpecs;
export const presetOf = (card: AnyModelCard, id: string | null): Preset | undefined => card.presets.find((p) => p.id === id);

/** All values of a preset: defaults where it says nothing. */
export function presetValues(card: AnyModelCard, preset: string | null): Record<string, ParamValue> {
  const given = (presetOf(card, preset)?.params ?? {}) as Record<string, ParamValue>;
  return { ...(defaultsOf(specsOf(card)) as Record<string, ParamValue>), ...given };
}

/** The form as it opens for a card: its first preset. */
export function freshConfig(card: AnyModelCard): TrainConfig {
  const preset = card.presets[0]?.id ?? null;
  return { model: card.id, preset, params: presetValues(card, preset), text: undefined, seed: DEFAULT_SEED, patience: DEFAULT_PATIENCE };
}

/** The model a first visit trains: the first that trains in epochs and has presets. */
export function defaultCard(catalogue: readonly AnyModelCard[]): AnyModelCard {
  const card = catalogue.find((c) => c.iterative && c.presets.length > 0) ?? catalogue[0];
  if (!card) throw new Error('The catalogue holds no model.');
  return card;
}

/** Parameters whose value differs from the preset's, in the card's order. */
export function changedParams(card: AnyModelCard, config: TrainConfig): string[] {
  const base = presetValues(card, config.preset);
  return Object.keys(specsOf(card)).filter((name) => String(config.params[name]) !== String(base[name]));
}

/** One message per parameter that is not acceptable. */
export function paramErrors(card: AnyModelCard, params: Record<string, ParamValue>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, spec] of Object.entries(specsOf(card))) {
    try {
      parseParams({ [name]: spec }, { [name]: params[name] });
    } catch (error) {
      // The form shows the label right above, so the message starts at what is allowed.
      errors[name] = (error instanceof Error ? error.message : String(error)).replace(new RegExp(`^${name} must be`), 'Must be');
    }
  }
  return errors;
}

export interface VectorChoice {
  key: string;
  column: string;
}

/** Which vectors a config means: exact key, else column, else (nothing said) the likeliest: lyrics, or the first there are. */
export function resolveText(card: AnyModelCard, wanted: string | null | undefined, vectors: readonly VectorChoice[]): string | null {
  if (!card.needs.text || wanted === null) return null;
  if (wanted === undefined) return (vectors.find((v) => v.column.toLowerCase() === 'lyrics') ?? vectors[0])?.key ?? null;
  return (vectors.find((v) => v.key === wanted) ?? vectors.find((v) => v.column === wanted))?.key ?? null;
}

/** What differs from a fresh form, as address fields; null removes a field. */
export function configToQuery(card: AnyModelCard, config: TrainConfig): Record<string, string | null> {
  const query: Record<string, string | null> = {
    model: card.id,
    preset: config.preset,
    text: config.text === undefined ? null : (config.text ?? 'none'),
    seed: config.seed === DEFAULT_SEED ? null : String(config.seed),
    patience: config.patience === DEFAULT_PATIENCE ? null : String(config.patience),
  };
  const changed = new Set(changedParams(card, config));
  for (const name of Object.keys(specsOf(card))) query[`p.${name}`] = changed.has(name) ? String(config.params[name]) : null;
  return query;
}

/** The form an address asks for. Whatever cannot be used is left out and named in `problems`. */
export function configFromQuery(catalogue: readonly AnyModelCard[], query: URLSearchParams): { config: TrainConfig; problems: string[] } {
  const problems: string[] = [];
  const id = query.get('model');
  let card = catalogue.find((c) => c.id === id);
  if (!card) {
    card = defaultCard(catalogue);
    if (id !== null) problems.push(`There is no model "${id}"; this build has ${catalogue.map((c) => c.id).join(', ')}.`);
  }
  const config = freshConfig(card);
  const preset = query.get('preset');
  if (preset !== null && id === card.id) {
    if (presetOf(card, preset)) {
      config.preset = preset;
      config.params = presetValues(card, preset);
    } else problems.push(`${card.name} has no preset "${preset}".`);
  }
  for (const [key, value] of query) {
    if (!key.startsWith('p.') || id !== card.id) continue;
    const written = key.slice(2);
    const name = Object.entries(specsOf(card)).find(([n, s]) => n === written || s.alias === written)?.[0] ?? written;
    const spec = specsOf(card)[name];
    try {
      if (!spec) throw new Error(`${card.name} has no parameter "${name}".`);
      config.params[name] = parseParams({ [name]: spec }, { [name]: value })[name] as ParamValue;
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  const text = query.get('text');
  if (text !== null) config.text = text === 'none' ? null : text;
  for (const [name, max] of [['seed', 0xffffffff], ['patience', 1000]] as const) {
    const asked = query.get(name);
    if (asked === null) continue;
    const n = wholeNumber(asked, 0, max);
    if (n === null) problems.push(`${name} must be a whole number from 0 to ${max}; received ${JSON.stringify(asked.slice(0, 40))}.`);
    else config[name] = n;
  }
  return { config, problems };
}

function wholeNumber(text: string | null, min: number, max: number): number | null {
  if (text === null || text.trim() === '') return null;
  const n = Number(text);
  return Number.isInteger(n) && n >= min && n <= max ? n : null;
}
