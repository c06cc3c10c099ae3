/** Does history synthesis help cold items over the plain two-tower network? Our own figures; nothing is published about these data and splits. */
import path from 'node:path';
import { chooseBackend } from '../compute/backend';
import type { DataSet, TextVectors } from '../core/dataset';
import { DEFAULT_SPLIT, type SplitSpec } from '../core/split';
import { clean } from '../data/clean/clean';
import { cardOf } from '../models/catalogue';
import { runExperiment } from './experiment';
import { readInput } from './read-input';
import { openData, type Claim, type ClaimSource } from './reference-claim';
import { spreadOf, spreadWords, type Spread } from './seeds';
import { embedColumn } from './text-input';

declare const __COLDWAVE_ROOT__: string;
const SEEDS = [1, 2, 3];
const presetOf = (model: string, preset: string): Record<string, unknown> => cardOf(model).presets.find((p) => p.id === preset)!.params;
const quick = presetOf('buhs', 'quick');
interface Side { name: string; model: string; params: Record<string, unknown> }
/** The first is BUHS, the others what it is compared with. */
const PRESETS: readonly Side[] = [
  { name: 'BUHS (quick)', model: 'buhs', params: quick },
  { name: 'two-tower (fast)', model: 'two-tower', params: presetOf('two-tower', 'fast') },
];
const ALIKE: Side = {
  name: 'two-tower (as BUHS quick)', model: 'two-tower',
  // Same scorer, widths, negatives, epochs, learning rate and batch, and no ids hidden: what is left to differ is the history and how the towers are built.
  params: { ...presetOf('two-tower', 'fast'), scorer: 'dotCompress', embedding: quick['embedding'], output: quick['output'], negatives: quick['negatives'], epochs: quick['epochs'], learningRate: quick['learningRate'], batch: 512, idDropout: 0 },
};
const SLICES = ['all', 'warm', 'cold'] as const;
const METRICS = ['HR@10', 'NDCG@10'] as const;

interface World {
  data: DataSet;
  text: TextVectors;
  split: SplitSpec;
}

/** By '<slice> <metric>'. */
async function measured({ data, text, split }: World, sides: readonly Side[]): Promise<{ found: Map<string, Spread>[]; popularity: Map<string, number>; users: Record<(typeof SLICES)[number], number> }> {
  const { chosen } = await chooseBackend('wasm');
  const popularity = new Map<string, number>();
  const users = { all: 0, warm: 0, cold: 0 };
  const found: Map<string, Spread>[] = [];
  for (const side of sides) {
    const card = cardOf(side.model);
    const { params } = side;
    const each = new Map<string, number[]>();
    for (const seed of SEEDS) {
      const { record, recommender } = await runExperiment({
        runId: 'reference', name: side.model, data, card, params, text, seed, patience: 0, selection: 'validation', maskValidation: true,
        backend: chosen, build: 'reference', split,
      }, { checkpoints: false });
      recommender.dispose?.();
      const beside = record.baselines.find((b) => b.id === 'popularity')!.test;
      for (const slice of SLICES) {
        users[slice] = record.test[slice].n;
        for (const metric of METRICS) {
          const key = `${slice} ${metric}`;
          each.set(key, [...(each.get(key) ?? []), record.test[slice].metrics[metric]!.value]);
          popularity.set(key, beside[slice].metrics[metric]!.value);
        }
      }
      process.stderr.write(`${side.name}, seed ${seed}: best epoch ${record.bestEpoch}, cold HR@10 ${each.get('cold HR@10')!.at(-1)!.toFixed(4)}, fit ${record.seconds.fit.toFixed(1)} s\n`);
    }
    found.push(new Map([...each].map(([key, values]) => [key, spreadOf(values)])));
  }
  return { found, popularity, users };
}

/** A distance of means that seeds alone explain: twice the standard error of the difference. */
const explained = (a: Spread, b: Spread): number => 2 * Math.sqrt((a.sd ** 2 + b.sd ** 2) / SEEDS.length);

const NOTHING_CLAIMED =
  `Full ranking, best epoch by validation; means over seeds ${SEEDS.join(', ')}. Nothing is published about this data and split, and nothing is claimed to win: ` +
  'the last rows state the difference of the means, and the distance (twice its standard error over seeds) below which seeds alone explain it. ' +
  'The presets are not alike: two-tower fast is twice as wide, has 5 + 5 negatives instead of 3 + 3, up to ten epochs instead of six, scores by the dot product and hides a fifth of the ids. No side was tuned.';

async function claimsOf(where: string, world: World, sides: readonly Side[]): Promise<Claim[]> {
  const { found, popularity, users } = await measured(world, sides);
  const common = { where, source: 'our own record', published: null, tolerance: 0 };
  const keys = SLICES.flatMap((slice) => METRICS.map((metric) => ({ key: `${slice} ${metric}`, n: users[slice] })));
  const claims: Claim[] = keys.flatMap(({ key, n }) => [
    ...sides.map((side, k) => ({ ...common, what: `${side.name}: ${key} (${n} users)`, ours: found[k]!.get(key)!.mean, spread: spreadWords(found[k]!.get(key)!) })),
    { ...common, what: `popularity: ${key}`, ours: popularity.get(key)! },
  ]);
  const [buhs, ...others] = found;
  others.forEach((other, k) => {
    for (const { key } of keys) {
      const [a, b] = [buhs!.get(key)!, other.get(key)!];
      claims.push({ ...common, what: `BUHS minus ${sides[k + 1]!.name}: ${key}`, ours: a.mean - b.mean, tolerance: explained(a, b), spread: `seeds alone explain ± ${explained(a, b).toFixed(3)}` });
    }
  });
  return claims;
}

export const buhsDemo: ClaimSource = {
  id: 'buhs-demo',
  title: 'History synthesis against the plain two-tower network: the demo with lyrics',
  note: `Last interaction of each user. ${NOTHING_CLAIMED} “As BUHS quick” takes those advantages away: the compress scorer, widths, negatives, epochs, learning rate and batch of BUHS quick, no ids hidden.`,
  needs: [],
  async claims() {
    const { raw: data, vectors } = await readInput({ kind: 'demo' }, __COLDWAVE_ROOT__, () => {});
    return claimsOf('demo', { data, text: vectors.find((v) => v.column === 'lyrics')!, split: DEFAULT_SPLIT }, [...PRESETS, ALIKE]);
  },
};

const HETREC = 'data/hetrec2011-lastfm-2k.zip';
export const buhsHetRec: ClaimSource = {
  id: 'buhs-hetrec',
  title: 'History synthesis against the plain two-tower network: HetRec 2011 Last.fm',
  note: `5-core, portable hash split. Artists are known by their tags, their most used tag and MiniLM's vectors of their names; there is no other text. The 5-core leaves no strictly new item: "cold" are the least played four fifths of the artists. ${NOTHING_CLAIMED}`,
  needs: [HETREC],
  async claims(shared) {
    const { data } = clean(await openData(shared, HETREC), [{ kind: 'core', k: 5 }]);
    const text = await embedColumn(data, 'name', path.join(__COLDWAVE_ROOT__, 'public', 'models'), () => {});
    return claimsOf('HetRec 5-core, hash', { data, text, split: { ...DEFAULT_SPLIT, protocol: 'hash' } }, PRESETS);
  },
};
