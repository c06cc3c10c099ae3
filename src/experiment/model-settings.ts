/** What the command line's options mean for one model. */
import type { AnyModelCard } from '../core/model';
import { nearWord } from '../core/near-word';
import { parseParams, type ParamSpecs } from '../core/params';
import { messageOf, Problem } from '../core/problem';
import { catalogue } from '../models/catalogue';
import type { Options } from './options';

/** A model's card, with what its name alone already sets. */
export interface NamedModel {
  card: AnyModelCard;
  preset: string | null;
  params: Record<string, string>;
  /** Where the name is not the model's own: what it stands for. */
  words: string | null;
}

/** Names of the literature for what is one of our models with a setting. */
const KNOWN_AS: Record<string, { model: string; preset?: string; params?: Record<string, string> }> = {
  gmf: { model: 'neumf', params: { part: 'gmf' } },
  mlp: { model: 'neumf', params: { part: 'mlp' } },
  'bpr-mf': { model: 'lightfm', preset: 'bpr-mf' },
};

/** @throws Problem naming the model that is near, and all there are */
export function namedModel(id: string): NamedModel {
  const known = KNOWN_AS[id];
  const card = catalogue.find((c) => c.id === (known?.model ?? id));
  if (!card) {
    const ids = catalogue.map((c) => c.id);
    const near = nearWord(id, [...ids, ...Object.keys(KNOWN_AS)]);
    throw new Problem(`There is no model "${id}".`, {}, `${near === null ? '' : `Did you mean ${near}? `}There are: ${ids.join(', ')}. --list-models says what each is for.`);
  }
  if (!known) return { card, preset: null, params: {}, words: null };
  const { preset = null, params = {} } = known;
  const options = [...(preset === null ? [] : [`--preset ${preset}`]), ...Object.entries(params).map(([name, value]) => `--set ${name}=${value}`)];
  return { card, preset, params, words: `${id} is ${card.name} with ${options.join(' ')}.` };
}

/**
 * Settings of a run: preset, then what was set, then --epochs.
 * @throws Problem naming the parameter, what was received and what is allowed
 */
export function settings(o: Pick<Options, 'preset' | 'params' | 'epochs'>, card: AnyModelCard, say: (line: string) => void): { params: Record<string, unknown>; selection: 'validation' | 'test'; maskValidation: boolean } {
  const specs = card.params as ParamSpecs;
  const preset = o.preset === null ? undefined : card.presets.find((p) => p.id === o.preset);
  if (o.preset !== null && !preset) {
    throw new Problem(`${card.name} has no preset "${o.preset}".`, {}, card.presets.length ? `There are: ${card.presets.map((p) => p.id).join(', ')}.` : 'It has none.');
  }
  checkNames(card, o.params);
  const params: Record<string, unknown> = { ...preset?.params, ...o.params };
  if (o.epochs !== null) {
    const spec = specs['epochs'];
    const said = ['epochs', spec?.alias ?? 'epochs'].find((name) => name in o.params);
    if (said !== undefined) throw new Problem(`The epochs are given twice: --epochs ${o.epochs} and --set ${said}=${o.params[said]}.`, {}, 'Give them once.');
    if (spec) params['epochs'] = o.epochs;
    else say(`${card.name} does not train in epochs: --epochs is ignored.`);
  }
  try {
    parseParams(specs, params);
  } catch (error) {
    throw new Problem(`${card.name}: ${messageOf(error)}`, {}, `--model ${card.id} --help explains its settings.`);
  }
  return { params, selection: preset?.evaluation?.selection ?? 'validation', maskValidation: preset?.evaluation?.maskValidation ?? true };
}

/** A setting of another model, or one that is mistyped. */
function checkNames(card: AnyModelCard, given: Record<string, unknown>): void {
  const has = (c: AnyModelCard, name: string): boolean => Object.entries(c.params as ParamSpecs).some(([param, spec]) => param === name || spec.alias === name);
  for (const name of Object.keys(given)) {
    if (has(card, name)) continue;
    const own = Object.keys(card.params);
    const near = nearWord(name, own);
    const others = catalogue.filter((c) => has(c, name)).map((c) => c.id);
    throw new Problem(
      `${card.name} has no setting "${name}".`, {},
      [
        ...(near === null ? [] : [`Did you mean ${near}?`]),
        own.length > 0 ? `It has: ${own.join(', ')}.` : 'It has no settings.',
        ...(near === null && others.length > 0 ? [`${name} is a setting of ${others.join(', ')}.`] : []),
        `--model ${card.id} --help explains them.`,
      ].join(' '),
    );
  }
}
