/** What the Train button does, shared by the button, its shortcut and `start=1`. */
import { resolveText, paramErrors } from '../../app/train-config';
import { reportTrainFailure, startRun, trainer } from '../../app/train';
import { workspace } from '../../app/workspace';
import { loneTable } from '../../core/lone-table';
import { showOnly } from '../../app/runs';
import { parseParams, type ParamSpecs, type ParamValue } from '../../core/params';
import { form } from './form-state';

/** Why Train cannot be pressed; null when it can. */
export function trainObstacle(): string | null {
  const { config } = form.store.getState();
  const card = form.card();
  const { data, vectors } = workspace.getState();
  if (!data) return 'Load data first.';
  if (loneTable(data.counts)) return 'There are no interactions to learn from: open a file that says who chose what.';
  if (Object.keys(paramErrors(card, config.params)).length > 0) return 'A setting is out of its range: see the message in the form.';
  const text = resolveText(card, config.text, vectors);
  if (card.needs.text === 'required' && text === null) return 'This model needs text vectors: embed a column on the Text screen.';
  if (config.text && text === null && card.needs.text) return `There are no vectors for "${config.text}": choose other text, or embed it on the Text screen.`;
  if (card.needs.time && !data.hasTime) return 'This model needs timestamps, and the interactions have none.';
  return null;
}

/** Names a run after what sets it apart: model, preset, text. */
export function runName(): string {
  const { config } = form.store.getState();
  const card = form.card();
  const text = resolveText(card, config.text, workspace.getState().vectors);
  const column = workspace.getState().vectors.find((v) => v.key === text)?.column;
  const preset = card.presets.length > 1 ? card.presets.find((p) => p.id === config.preset)?.label.toLowerCase() : undefined;
  return [card.name, preset, column ? `text: ${column}` : card.needs.text ? 'no text' : undefined].filter(Boolean).join(', ');
}

/** Where results appear; in one column they lie below the form, so starting a run goes there. */
export const RESULTS = 'train-results';
export const showResults = (): void => {
  if (window.matchMedia('(max-width: 820px)').matches) document.getElementById(RESULTS)?.scrollIntoView({ block: 'start' });
};

/** Starts a run with the form's configuration; failures show as a panel. */
export async function train(options: { step?: boolean } = {}): Promise<void> {
  const { config } = form.store.getState();
  const card = form.card();
  try {
    const params = parseParams(card.params as ParamSpecs, config.params) as Record<string, ParamValue>;
    const textKey = resolveText(card, config.text, workspace.getState().vectors);
    if (!trainer.store.getState().live) showOnly([]);
    showResults();
    await startRun({ name: runName(), model: card.id, params, textKey, seed: config.seed, patience: config.patience, ...form.selectionOf(), step: options.step });
  } catch (error) {
    reportTrainFailure(error);
  }
}
