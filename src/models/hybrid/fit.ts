/** Hybrid: score(u, i) = Σ_m w_m · minmax_u(score_m(u, i)), shares w_m given or tuned on validation. Definition and awkward cases: README.md beside this file. */
import type { FitContext, FitModule, FittedMember, ModelState, Reason, Recommender, TrainData } from '../../core/model';
import type { ItemIndex, UserIndex } from '../../core/ids';
import { nestStates } from '../../core/nested-state';
import { createPhases } from '../../core/phases';
import { Problem } from '../../core/problem';
import { minMaxRows } from './normalise';
import type { params } from './params';
import { mixtures, sharesOf } from './weights';

type Params = typeof params;
type Score = (users: Int32Array, out: Float32Array) => void | Promise<void>;
const REASONS_OF_A_MEMBER = 2;

function membersOf(ctx: Pick<FitContext<unknown>, 'members'>): readonly FittedMember[] {
  if (!ctx.members || ctx.members.length < 2) throw new Problem('A blend needs at least two fitted members.', {}, 'Name them, for example members=item-knn:0.5,als:0.5.');
  return ctx.members;
}

async function createBlend(members: readonly FittedMember[], shares: readonly number[], train: TrainData, summary?: string): Promise<Recommender> {
  const { I, item, userStart } = train;
  const ownOf = (u: number): Int32Array => item.subarray(userStart[u]!, userStart[u + 1]!);

  const blend = async (users: Int32Array, out: Float32Array, scoreOf: (m: Recommender) => Score): Promise<void> => {
    const part = new Float32Array(users.length * I); // [B, I]
    out.fill(0);
    for (const [k, { model }] of members.entries()) {
      if (shares[k] === 0) continue;
      await scoreOf(model)(users, part);
      minMaxRows(part, users.length, I, (b) => ownOf(users[b]!));
      for (let n = 0; n < part.length; n++) out[n]! += shares[k]! * part[n]!;
    }
  };
  const plain = (m: Recommender): Score => (users, out) => m.score(users, out);
  const model: Recommender = {
    score: (users, out) => blend(Int32Array.from(users), out, plain),
    async save() {
      const states: ModelState[] = [];
      for (const { model: m } of members) states.push(await m.save());
      return nestStates(states, { shares: [...shares], ...(summary ? { summary } : {}) });
    },
    dispose() {
      for (const { model: m } of members) m.dispose?.();
    },
    ...(summary ? { summary } : {}),
  };
  // Members that answer later (a network on the GPU) cannot be asked while a reason is given.
  if (await scoresAtOnce(members, I)) model.explain = (user, target) => reasonsOf(members, shares, train, user, target);
  if (members.some(({ model: m }) => m.scoreForTest)) {
    model.scoreForTest = (users, out) => blend(Int32Array.from(users), out, (m) => (m.scoreForTest ? (u, o) => m.scoreForTest!(u, o) : plain(m)));
  }
  if (members.every(({ model: m }) => m.foldIn)) model.foldIn = (history) => foldedIn(members, shares, I, history);
  return model;
}

async function scoresAtOnce(members: readonly FittedMember[], I: number): Promise<boolean> {
  let all = true;
  for (const { model } of members) {
    const answer = model.score(Int32Array.of(0), new Float32Array(I));
    if (answer) all = false;
    await answer;
  }
  return all;
}

/** Each member's share of the score, largest first, and under it the member's own first reasons. */
function reasonsOf(members: readonly FittedMember[], shares: readonly number[], train: TrainData, user: UserIndex, target: ItemIndex): Reason[] {
  const { I, item, userStart } = train;
  const own = item.subarray(userStart[user]!, userStart[user + 1]!);
  const places = members.map((member, k) => {
    const row = new Float32Array(I);
    void member.model.score(Int32Array.of(user), row); // at once, see scoresAtOnce
    minMaxRows(row, 1, I, () => own);
    return { member, share: shares[k]!, place: row[target]!, part: shares[k]! * row[target]! };
  }).sort((a, b) => b.part - a.part);
  const total = places.reduce((s, p) => s + p.part, 0);
  return places.flatMap(({ member: { name, model }, share, place, part }): Reason[] => [
    { text: `${name}: ${place.toFixed(2)} on a scale from 0 (its last choice for this user) to 1 (its first), weight ${sharesText(share)}`, weight: total > 0 ? part / total : 0 },
    // Without a weight: they are contained in the member's.
    ...(part > 0 ? (model.explain?.(user, target) ?? []) : []).slice(0, REASONS_OF_A_MEMBER).map((r) => ({ text: `${name}: ${r.text}` })),
  ]);
}

function foldedIn(members: readonly FittedMember[], shares: readonly number[], I: number, history: readonly ItemIndex[]): { score(out: Float32Array): void } {
  const vectors = members.map(({ model }) => model.foldIn!(history));
  return {
    score(out) {
      const part = new Float32Array(I);
      out.fill(0);
      vectors.forEach((v, k) => {
        v.score(part);
        minMaxRows(part, 1, I, () => history);
        for (let i = 0; i < I; i++) out[i]! += shares[k]! * part[i]!;
      });
    },
  };
}

const sharesText = (x: number): string => x.toFixed(2).replace(/^0/, '');

/** One pass over the validation users: every member is scored once a block, every mixture is made of that. */
async function tunedShares(ctx: FitContext<unknown>, members: readonly FittedMember[]): Promise<{ shares: number[]; summary: string }> {
  if (!ctx.compare) throw new Problem('Weights cannot be tuned, because this split holds out no validation items.', {}, 'Switch validation on in the split, or set the weights by hand.');
  const { I, item, userStart, U } = ctx.train;
  const tried = mixtures(members.length);
  const step = await createPhases(ctx, 'Hybrid').begin(`Weighing ${members.length} members on validation`, U);
  let done = 0;
  const values = await ctx.compare(tried.length, async (users, each) => {
    const parts: Float32Array[] = []; // each [B, I]
    for (const { model } of members) {
      const part = new Float32Array(users.length * I);
      await model.score(users, part);
      minMaxRows(part, users.length, I, (b) => item.subarray(userStart[users[b]!]!, userStart[users[b]! + 1]!));
      parts.push(part);
    }
    const out = new Float32Array(users.length * I);
    for (const [v, shares] of tried.entries()) {
      out.fill(0);
      parts.forEach((part, k) => {
        const w = shares[k]!;
        if (w > 0) for (let n = 0; n < out.length; n++) out[n]! += w * part[n]!;
      });
      each(v, out);
      await step(done);
    }
    done += users.length;
  });
  const best = values.indexOf(Math.max(...values));
  const words = members.map((m, k) => `${m.name} ${sharesText(tried[best]![k]!)}`).join(', ');
  return { shares: tried[best]!, summary: `Weights tuned on validation, best NDCG@10 of ${tried.length} mixtures (${values[best]!.toFixed(4)}): ${words}.` };
}

export const fitModule: FitModule<Params> = {
  async fit(ctx) {
    const members = membersOf(ctx);
    await createPhases(ctx, 'Hybrid').begin('Blending', 1);
    if (!ctx.params.tune) return createBlend(members, sharesOf(members.map((m) => m.weight)), ctx.train);
    const { shares, summary } = await tunedShares(ctx, members);
    return createBlend(members, shares, ctx.train, summary);
  },
  restore(state, ctx) {
    const members = membersOf(ctx);
    const shares = state.meta['shares'];
    if (!Array.isArray(shares) || shares.length !== members.length) throw new Error(`A saved blend needs one weight for each of its ${members.length} members.`);
    const summary = state.meta['summary'];
    return createBlend(members, shares as number[], ctx.train, typeof summary === 'string' ? summary : undefined);
  },
};
