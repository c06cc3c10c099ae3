import type { AnyModelCard } from '../core/model';
import { parseParams, type ParamSpecs, type ParamValue } from '../core/params';
import { messageOf, Problem } from '../core/problem';

/** All settings of a model, checked against its card. @throws Problem naming model, setting and what is allowed */
export function checkedParams(card: AnyModelCard, given: Record<string, unknown>): Record<string, ParamValue> {
  try {
    return parseParams(card.params as ParamSpecs, given) as Record<string, ParamValue>;
  } catch (error) {
    throw new Problem(`${card.name}: ${messageOf(error)}`, {}, 'Change the setting and start again.');
  }
}
