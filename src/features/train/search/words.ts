/** Settings and trials in words. */
import type { StudyEntry, StudyStatus } from '../../../app/search/study';
import type { ParamSpecs, ParamValue } from '../../../core/params';
import { whatAndRemedy } from '../../../core/problem';
import type { Space } from '../../../math/search/space';
import { catalogue } from '../../../models/catalogue';
import { numberText } from '../slider-scale';

const specsOfModel = (model: string): ParamSpecs => (catalogue.find((c) => c.id === model)?.params ?? {}) as ParamSpecs;
export const modelName = (model: string): string => catalogue.find((c) => c.id === model)?.name.replace(/ \(ratings\)$/, '') ?? model;
export const labelOf = (model: string, name: string): string => specsOfModel(model)[name]?.label ?? name;

export function valueText(model: string, name: string, value: ParamValue | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const spec = specsOfModel(model)[name];
  return spec?.kind === 'choice' ? (spec.options.find((o) => o.value === value)?.label ?? value) : value;
}

/** 'Neighbours 120, Shrink 3.4' */
export const paramsText = (model: string, params: Record<string, ParamValue>, names: readonly string[]): string => names.map((n) => `${labelOf(model, n)} ${valueText(model, n, params[n])}`).join(', ');

export const searchedNames = (space: Space): string[] => space.map((d) => d.name);

export const statusWords: Record<StudyStatus, string> = { running: 'searching', done: 'done', time: 'time is up', stopped: 'stopped' };
export const trialsWord = (n: number): string => `${n} ${n === 1 ? 'trial' : 'trials'}`;
export const failedCount = (study: Pick<StudyEntry, 'trials'>): number => study.trials.filter((t) => t && t.record === null).length;

export const tellOnce = (error: unknown): { what: string; remedy: string | null } =>
  whatAndRemedy(error, null);
