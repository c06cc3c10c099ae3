/** What the command line's options mean for one model. */
import type { AnyModelCard } from '../core/model';
import { parseParams } from '../core/params';
import { Problem } from '../core/problem';
import type { Options } from './options';

/** Ordinary errors of cards and parameters are bad usage here. */
export function usage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(error instanceof Error ? error.message : String(error), {}, '--list-models prints models and parameters.');
  }
}

/**
 * Settings of a run: preset, then what was set, then --epochs.
 * @throws Problem naming the parameter, what was received and what is allowed
 */
export function settings(o: Pick<Options, 'preset' | 'params' | 'epochs'>, card: AnyModelCard, say: (line: string) => void): { params: Record<string, unknown>; selection: 'validation' | 'test'; maskValidation: boolean } {
  const preset = o.preset === null ? undefined : card.presets.find((p) => p.id === o.preset);
  if (o.preset !== null && !preset) {
    throw new Problem(`${card.name} has no preset "${o.preset}".`, {}, card.presets.length ? `There are: ${card.presets.map((p) => p.id).join(', ')}.` : 'It has none.');
  }
  const params: Record<string, unknown> = { ...preset?.params, ...o.params };
  if (o.epochs !== null) {
    if ('epochs' in card.params) params['epochs'] = o.epochs;
    else say(`${card.name} does not train in epochs: --epochs is ignored.`);
  }
  usage(() => parseParams(card.params, params));
  return { params, selection: preset?.evaluation?.selection ?? 'validation', maskValidation: preset?.evaluation?.maskValidation ?? true };
}
