/** The Train form and what its charts show, kept while one looks at other screens and mirrored in the address. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import { CUTOFFS, SLICES, type SliceId } from '../core/metric';
import type { AnyModelCard } from '../core/model';
import type { ParamValue } from '../core/params';
import type { RunRecord } from '../core/run';
import { configFromQuery, configToQuery, freshConfig, presetOf, presetValues, type TrainConfig } from './train-config';

export interface TrainView {
  /** Metric id ('HR') and cut-off of the figures, the first chart and the run list. */
  metric: string;
  k: number;
  slices: SliceId[];
}
export interface TrainFormState {
  config: TrainConfig;
  view: TrainView;
  /** What the address asked for and could not be had. */
  problems: string[];
}

const DEFAULT_VIEW: TrainView = { metric: 'HR', k: 10, slices: [...SLICES] };
export const METRIC_IDS = ['HR', 'NDCG', 'Recall', 'Precision', 'MRR', 'MAP'] as const;

export function viewToQuery(view: TrainView): Record<string, string | null> {
  return {
    metric: view.metric === DEFAULT_VIEW.metric ? null : view.metric,
    k: view.k === DEFAULT_VIEW.k ? null : String(view.k),
    slices: view.slices.length === SLICES.length ? null : view.slices.join(','),
  };
}
export function viewFromQuery(query: URLSearchParams): TrainView {
  const metric = METRIC_IDS.find((m) => m === query.get('metric')) ?? DEFAULT_VIEW.metric;
  const k = CUTOFFS.find((c) => String(c) === query.get('k')) ?? DEFAULT_VIEW.k;
  const named = new Set(query.get('slices')?.split(','));
  const slices = SLICES.filter((s) => named.has(s));
  return { metric, k, slices: slices.length ? slices : [...SLICES] };
}

export function createTrainForm(catalogue: readonly AnyModelCard[]) {
  const store = createStore<TrainFormState>(() => ({ config: configFromQuery(catalogue, new URLSearchParams()).config, view: DEFAULT_VIEW, problems: [] }));
  const cardFor = (id: string): AnyModelCard => catalogue.find((c) => c.id === id)!;
  const card = (): AnyModelCard => cardFor(store.getState().config.model);
  const set = (patch: Partial<TrainConfig>): void => store.setState((s) => ({ config: { ...s.config, ...patch }, problems: [] }));

  return {
    store,
    card,
    setConfig: set,
    setParam: (name: string, value: ParamValue): void => set({ params: { ...store.getState().config.params, [name]: value } }),
    /** Another model: its first preset; seed, patience and text stay. */
    takeModel(id: string): void {
      const { text, seed, patience } = store.getState().config;
      set({ ...freshConfig(cardFor(id)), text, seed, patience });
    },
    takePreset: (id: string): void => set({ preset: id, params: presetValues(card(), id) }),
    /** Back to the preset's values. */
    reset: (): void => set({ params: presetValues(card(), store.getState().config.preset) }),
    /** The configuration of an earlier run, to change and train again. Values this build no longer knows are left out. */
    takeRun(run: RunRecord): void {
      const from = catalogue.find((c) => c.id === run.model.id);
      if (!from) {
        store.setState({ problems: [`This build has no model "${run.model.id}", so its configuration cannot be used.`] });
        return;
      }
      // Of the presets with the same way of choosing the best epoch, the one that needs the fewest changes.
      const distance = (preset: string | null): number => {
        const values = presetValues(from, preset);
        return Object.keys(values).filter((n) => String(values[n]) !== String(run.model.params[n])).length;
      };
      const published = run.selection === 'test';
      const fitting = from.presets.filter((p) => (p.evaluation?.selection === 'test') === published).map((p) => p.id);
      const preset = fitting.sort((a, b) => distance(a) - distance(b))[0] ?? from.presets[0]?.id ?? null;
      const known = Object.fromEntries(Object.entries(run.model.params).filter(([name]) => name in from.params));
      const patience = run.measured?.patience ?? store.getState().config.patience;
      set({ model: from.id, preset, params: { ...presetValues(from, preset), ...known }, text: run.text ? `${run.text.column} · ${run.text.encoder}` : null, seed: run.seed, patience });
    },
    setView: (patch: Partial<TrainView>): void => store.setState((s) => ({ view: { ...s.view, ...patch } })),
    adoptQuery(query: URLSearchParams): void {
      const { config, problems } = configFromQuery(catalogue, query);
      store.setState({ config, problems, view: viewFromQuery(query) });
    },
    toQuery: (): Record<string, string | null> => ({ ...configToQuery(card(), store.getState().config), ...viewToQuery(store.getState().view) }),
    selectionOf: (): { selection: 'validation' | 'test'; maskValidation: boolean } => {
      const evaluation = presetOf(card(), store.getState().config.preset)?.evaluation;
      return { selection: evaluation?.selection ?? 'validation', maskValidation: evaluation?.maskValidation ?? true };
    },
  };
}
export type TrainForm = ReturnType<typeof createTrainForm>;
export const useForm = <T>(form: TrainForm, select: (s: TrainFormState) => T): T => useStore(form.store, select);
