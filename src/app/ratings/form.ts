/** What the form of rating prediction holds, and how it travels in the address. */
import { createStore } from 'zustand/vanilla';
import type { AnyModelCard } from '../../core/model';
import type { ParamValue } from '../../core/params';
import { FOLD_LIMITS, type FoldSpec } from '../../core/rating-run';
import { changedParams, configFromQuery, configToQuery, freshConfig, presetValues, type TrainConfig } from '../train-config';

export interface FoldChoice {
  kind: FoldSpec['kind'];
  /** As typed; checked when used. */
  k: number;
  share: number;
  seed: number;
}
export interface RatingFormState {
  config: TrainConfig;
  folds: FoldChoice;
  /** The person has chosen the folds, so data with published ones do not change them. */
  foldsChosen: boolean;
  /** The data at hand bring folds of their own. */
  published: boolean;
  problems: string[];
}
export const FRESH_FOLDS: FoldChoice = { kind: 'kfold', k: 5, share: 0.2, seed: 42 };

/** The spec a choice means, or what is wrong with it. */
export function specOf({ kind, k, share, seed }: FoldChoice): { spec: FoldSpec } | { error: string } {
  const within = (n: number, [low, high]: readonly [number, number]): boolean => n >= low && n <= high;
  if (kind === 'published') return { spec: { kind } };
  if (!Number.isInteger(seed) || !within(seed, FOLD_LIMITS.seed)) return { error: `The seed of the folds must be a whole number from 0; received ${seed}.` };
  if (kind === 'kfold') return Number.isInteger(k) && within(k, FOLD_LIMITS.k) ? { spec: { kind, k, seed } } : { error: `Folds must be a whole number from ${FOLD_LIMITS.k[0]} to ${FOLD_LIMITS.k[1]}; received ${k}.` };
  return within(share, FOLD_LIMITS.share) ? { spec: { kind, share, seed } } : { error: `The share held out must be from ${FOLD_LIMITS.share[0]} to ${FOLD_LIMITS.share[1]}; received ${share}.` };
}

const usual = (published: boolean): FoldChoice['kind'] => (published ? 'published' : 'kfold');
const foldsText = (f: FoldChoice): string => (f.kind === 'kfold' ? String(f.k) : f.kind);

function foldsFromQuery(query: URLSearchParams, problems: string[]): { folds: FoldChoice; chosen: boolean } {
  const text = query.get('folds');
  const folds = { ...FRESH_FOLDS };
  if (text === 'published' || text === 'holdout') folds.kind = text;
  else if (text !== null) folds.k = Number(text);
  if (query.has('foldsSeed')) folds.seed = Number(query.get('foldsSeed'));
  if (query.has('share')) folds.share = Number(query.get('share'));
  const checked = specOf(folds);
  if ('spec' in checked) return { folds, chosen: text !== null };
  problems.push(checked.error.replace('NaN', `"${text ?? query.get('foldsSeed') ?? query.get('share') ?? ''}"`));
  return { folds: FRESH_FOLDS, chosen: false };
}

export function createRatingForm(raters: readonly AnyModelCard[]) {
  const fresh = (): RatingFormState => ({ config: freshConfig(raters[0]!), folds: FRESH_FOLDS, foldsChosen: false, published: false, problems: [] });
  const store = createStore<RatingFormState>(fresh);
  const card = (): AnyModelCard => raters.find((c) => c.id === store.getState().config.model)!;
  const set = (patch: Partial<TrainConfig>): void => store.setState((s) => ({ config: { ...s.config, ...patch }, problems: [] }));
  return {
    store,
    card,
    setConfig: set,
    setParam: (name: string, value: ParamValue): void => set({ params: { ...store.getState().config.params, [name]: value } }),
    takeModel: (id: string): void => set({ ...freshConfig(raters.find((c) => c.id === id)!), seed: store.getState().config.seed }),
    takePreset: (id: string): void => set({ preset: id, params: presetValues(card(), id) }),
    reset: (): void => set({ params: presetValues(card(), store.getState().config.preset) }),
    setFolds: (patch: Partial<FoldChoice>): void => store.setState((s) => ({ folds: { ...s.folds, ...patch }, foldsChosen: true, problems: [] })),
    /** Published folds where there are any, unless somebody chose. */
    suggestFolds: (published: boolean): void => store.setState((s) => {
      const impossible = s.folds.kind === 'published' && !published;
      return s.foldsChosen && !impossible ? { published } : { published, folds: { ...s.folds, kind: usual(published) } };
    }),
    changed: (): string[] => changedParams(card(), store.getState().config),
    adoptQuery(query: URLSearchParams): void {
      const { config, problems } = configFromQuery(raters, query);
      const { folds, chosen } = foldsFromQuery(query, problems);
      const { published } = store.getState();
      store.setState({ config, folds: chosen ? folds : { ...folds, kind: usual(published) }, foldsChosen: chosen, problems });
    },
    toQuery(): Record<string, string | null> {
      const { config, folds, foldsChosen } = store.getState();
      const { text: _text, patience: _patience, ...rest } = configToQuery(card(), config);
      return {
        task: 'predict', ...rest,
        folds: foldsChosen ? foldsText(folds) : null,
        foldsSeed: folds.kind !== 'published' && folds.seed !== FRESH_FOLDS.seed ? String(folds.seed) : null,
        share: folds.kind === 'holdout' && folds.share !== FRESH_FOLDS.share ? String(folds.share) : null,
      };
    },
  };
}
export type RatingForm = ReturnType<typeof createRatingForm>;
