/** Models made of others: each member is fitted as it would be by itself (same seed, best epoch by validation), then handed to the blend. */
import type { TrainProgress } from '../../workers/protocol';
import type { Evaluation } from '../core/metric';
import type { CompareOnValidation, FittedMember, Recommender, TrainData } from '../core/model';
import type { TextVectors } from '../core/dataset';
import { Problem } from '../core/problem';
import { createRandom } from '../core/random';
import { ndcg } from '../metrics/ndcg';
import { compareVariants, type RankingTask } from '../metrics/ranking';
import type { Member } from '../models/members';
import type { RunControl } from './run-control';
import { createTraining } from './training';

export interface MembersInput {
  members: readonly Member[];
  train: TrainData;
  text: TextVectors | null;
  seed: number;
  patience: number;
  signal: AbortSignal;
  control: RunControl;
  tell(p: TrainProgress): void;
  breathe(): Promise<void> | undefined;
  /** Of an epoch on validation; null where there is no validation set. */
  evaluate(model: Recommender): Promise<Evaluation | null>;
}

/**
 * @returns the members, and what went wrong in a known way with any of them
 * @throws Problem when stopped before all are fitted; the signal's reason on cancel. Members fitted until then are disposed of
 */
export async function fitMembers(o: MembersInput): Promise<{ members: FittedMember[]; warnings: string[] }> {
  const fitted: FittedMember[] = [];
  const warnings: string[] = [];
  try {
    for (const [k, member] of o.members.entries()) {
      const { model, warnings: own } = await fitMember(o, member, `Member ${k + 1} of ${o.members.length}, ${member.card.name}`);
      fitted.push({ id: member.card.id, name: nameOf(o.members, member), weight: member.weight, model });
      warnings.push(...own.map((w) => `${member.card.name}: ${w}`));
      if (o.control.stopping) throw new Problem(`The blend was stopped with ${k + 1} of its ${o.members.length} members fitted.`, {}, 'A blend needs all of them, so nothing of this run is kept. Run it again and let it finish, or take members that fit faster.');
    }
    return { members: fitted, warnings };
  } catch (error) {
    for (const { model } of fitted) model.dispose?.();
    throw error;
  }
}

/** Two members of one model are told apart by what sets them apart. */
function nameOf(all: readonly Member[], member: Member): string {
  const others = all.filter((m) => m !== member && m.card === member.card);
  const apart = Object.entries(member.params).filter(([name, value]) => others.some((o) => o.params[name] !== value));
  return apart.length > 0 ? `${member.card.name} (${apart.map(([name, value]) => `${name} ${String(value)}`).join(', ')})` : member.card.name;
}

async function fitMember(o: MembersInput, { card, params }: Member, label: string): Promise<{ model: Recommender; warnings: string[] }> {
  const text = card.needs.text ? o.text : null;
  if (card.needs.text === 'required' && !text) throw new Problem(`${card.name}, a member of the blend, needs text vectors.`, {}, 'Embed a text column first, or take another member.');
  if (card.needs.time && !o.train.time) throw new Problem(`${card.name}, a member of the blend, needs to know when interactions happened, and this data has no time column.`, {}, 'Take another member.');
  const training = createTraining({
    runId: '', signal: o.signal, control: o.control, breathe: o.breathe, patience: o.patience, checkpoints: false, memory: () => null,
    selection: card.iterative ? 'validation' : 'none',
    evaluate: o.evaluate,
    // Its epochs are phases of the blend.
    tell(p) {
      if (p.kind === 'phase') o.tell({ ...p, label: `${label}: ${p.label}` });
      else if (p.kind === 'batch') o.tell({ kind: 'phase', label: `${label}: epoch ${p.epoch} of ${p.epochs}`, done: p.done, total: p.total });
      else if (p.kind === 'epoch') o.tell({ kind: 'phase', label: `${label}: epoch ${p.record.epoch} measured`, done: 1, total: 1 });
      else o.tell(p);
    },
  });
  o.tell({ kind: 'phase', label, done: 0, total: 1 });
  const module = await card.load();
  const context = { train: o.train, text, params };
  const model = await module.fit({ ...context, random: createRandom(o.seed, 'fit'), signal: o.signal, report: training.report });
  const { warnings } = training;
  if (!training.best || training.atBest) return { model, warnings };
  model.dispose?.();
  return { model: await module.restore(training.best.state, context), warnings };
}

/** NDCG@10 of variants on the validation set, as epochs are chosen. */
export const compareOn = (task: RankingTask, between: () => Promise<void>): CompareOnValidation => (variants, scores) => compareVariants(task, variants, scores, ndcg, 10, between);
