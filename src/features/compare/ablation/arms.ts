/** From a form to a plan: one arm per text column, parameter value or model, each over the same seeds and one split. Pure. */
import { presetValues } from '../../../app/train-config';
import type { Plan, PlannedRun } from '../../../app/queue';
import { parseParams, type ParamSpec, type ParamSpecs, type ParamValue } from '../../../core/params';
import type { AnyModelCard } from '../../../core/model';
import { messageOf } from '../../../core/problem';
import type { SplitSpec } from '../../../core/split';
import { rankers } from '../../../models/catalogue';
import { vectorsLabel } from '../../../text/encoder-name';
import { parseSeeds } from '../leaderboard/setup';
import { paramWords } from '../setting-words';

export interface AblationForm {
  model: string;
  preset: string | null;
  /** 'text', 'model', or the name of a parameter. */
  vary: string;
  /** Of text: 'none' and keys of vectors. Of models: ids. Of a parameter: values as typed. The first is the reference. */
  values: string[];
  seeds: string;
  /** Overrides the preset's, where the model has epochs; '' leaves it. */
  epochs: string;
}
export const NO_TEXT = 'none';
const MOST_RUNS = 60;

/** Models that can be arms, the chosen one first; a blend has members to choose, which is the leaderboard's work. */
export const modelValues = (first: string): string[] => [first, ...rankers.filter((c) => c.id !== first && c.id !== 'hybrid').map((c) => c.id)];

/** Where the values of a parameter are typed: commas or spaces between them. */
export const typedValues = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/**
 * Values to begin with: every option of a choice, both states of a switch, and of a number what the preset has (the reference), half and twice of it.
 * Worked: 32 between 4 and 48 → 32, 16, 48.
 */
export function usualValues(spec: ParamSpec | undefined, preset: ParamValue | undefined): string[] {
  if (spec?.kind === 'choice') return [String(preset), ...spec.options.map((o) => o.value).filter((v) => v !== preset)];
  if (spec?.kind === 'toggle') return preset === true ? ['true', 'false'] : ['false', 'true'];
  if (spec?.kind !== 'int' && spec?.kind !== 'number') return [];
  const at = Number(preset);
  const around = at === 0 ? [0, ...(spec.max > 0 ? [spec.max / 10] : [])] : [at, at / 2, at * 2];
  return [...new Set(around.map((v) => Math.min(spec.max, Math.max(spec.min, spec.kind === 'int' ? Math.round(v) : v))).map((v) => String(Number(v.toPrecision(3)))))];
}

/** @param chosen the model of the form; where the model varies, the others take the preset of the same name, or else their first */
export function ablationPlan(form: AblationForm, chosen: AnyModelCard, world: { dataHash: string; split: SplitSpec; vectors: readonly { key: string; column: string; encoder: string }[] }, id: string, createdAt: string): { plan: Plan } | { obstacle: string } {
  const { seeds, problem } = parseSeeds(form.seeds);
  if (problem !== null) return { obstacle: problem };
  if (form.values.length < 2) return { obstacle: form.vary === 'text' ? 'Choose two or more; “no text” counts as one.' : form.vary === 'model' ? 'Choose two or more models.' : 'Give two or more values, with commas between them.' };
  const runs: PlannedRun[] = [];
  const dflt = world.vectors[0]?.key ?? null;
  const seen = new Set<string>();
  for (const [k, value] of form.values.entries()) {
    const card = form.vary === 'model' ? rankers.find((c) => c.id === value) : chosen;
    if (!card) return { obstacle: `There is no model "${value}".` };
    const specs = card.params as ParamSpecs;
    const preset = card.presets.find((p) => p.id === form.preset) ?? card.presets[0];
    const given: Record<string, unknown> = { ...presetValues(card, card === chosen ? form.preset : (preset?.id ?? null)), ...(form.epochs !== '' && 'epochs' in specs ? { epochs: form.epochs } : {}), ...(form.vary === 'text' || form.vary === 'model' ? {} : { [form.vary]: value }) };
    let params: Record<string, ParamValue>;
    try {
      params = parseParams(specs, given) as Record<string, ParamValue>;
    } catch (error) {
      return { obstacle: messageOf(error) };
    }
    const textKey = form.vary === 'text' ? (value === NO_TEXT ? null : value) : card.needs.text ? dflt : null;
    if (textKey === null && card.needs.text === 'required') return { obstacle: `${card.name} cannot do without text vectors.` };
    const vectors = world.vectors.find((v) => v.key === textKey);
    if (textKey !== null && !vectors) return { obstacle: `There are no vectors "${textKey}". Embed that column first.` };
    const label = form.vary === 'text' ? (vectors ? vectorsLabel(vectors, world.vectors) : 'no text') : form.vary === 'model' ? (preset?.label ?? 'defaults') : `${specs[form.vary]?.label ?? form.vary} ${paramWords(specs[form.vary], params[form.vary])}`;
    // 8 and 8.0 are one arm.
    const same = JSON.stringify([card.id, params, textKey]);
    if (seen.has(same)) return { obstacle: `${form.vary === 'model' ? card.name : label} is there twice.` };
    seen.add(same);
    for (const seed of card.deterministic ? seeds.slice(0, 1) : seeds) {
      runs.push({ id: `arm${k}-seed${seed}`, name: `${card.name}, ${label}, seed ${seed}`, model: card.id, params, textKey, seed, split: world.split, selection: 'validation', maskValidation: true });
    }
  }
  if (runs.length > MOST_RUNS) return { obstacle: `${runs.length} runs are too many at once: at most ${MOST_RUNS}. Take fewer values or seeds.` };
  const title = form.vary === 'model' ? 'Ablation: the model' : `Ablation: ${chosen.name}, ${form.vary === 'text' ? 'text' : ((chosen.params as ParamSpecs)[form.vary]?.label ?? form.vary).toLowerCase()}`;
  return { plan: { id, kind: 'ablation', title, dataHash: world.dataHash, createdAt, runs } };
}

/**
 * The arms of a plan in order, with the ids of their runs: what tells them apart is in their names, all of it where the models differ.
 * @param model what its name begins with; it may hold a comma
 */
export function armsOf(plan: Plan, model: string): { label: string; runs: string[] }[] {
  const arms = new Map<string, { label: string; runs: string[] }>();
  const several = new Set(plan.runs.map((r) => r.model)).size > 1;
  for (const run of plan.runs) {
    const key = run.id.split('-')[0]!;
    const from = several ? 0 : (run.name.startsWith(`${model}, `) ? model.length : run.name.indexOf(', ')) + 2;
    const label = run.name.slice(from, run.name.lastIndexOf(', seed '));
    const arm = arms.get(key) ?? { label, runs: [] };
    arm.runs.push(run.id);
    arms.set(key, arm);
  }
  return [...arms.values()];
}
