/**
 * What every model must satisfy, whatever it computes. A check throws an Error that says what is wrong.
 * Models are asked only through their card, so a new catalogue line is checked without a new test.
 */
import type { AnyModelCard, FitContext, FittedMember, ModelState, Progress, Recommender, TrainData } from '../core/model';
import { defaultsOf, parseParams, type ParamSpec } from '../core/params';
import { createRandom } from '../core/random';
import { predictionChecks } from './conformance-ratings';
import { membersOf, restoreModel } from './members';
import { checkerboard, ratingWorld, textOf, trainOf } from './small-world';

export interface ConformanceOptions {
  /** Settings that make a fit quick; epochs is set by the checks. */
  params?: Record<string, unknown>;
  /** Epochs within which the checkerboard has to be learned; null for models that offer everyone the same. */
  learns: { epochs: number; params?: Record<string, unknown> } | null;
  /** Live tensors now, to find leaks. */
  liveTensors?: () => number;
  /** Largest difference between scoring users together and one by one. */
  batchTolerance?: number;
}
export interface Check {
  title: string;
  run(): Promise<void>;
}

type Report = FitContext<Record<string, unknown>>['report'];
interface FitOptions { params?: Record<string, unknown>; seed?: number; report?: Report; resume?: ModelState; signal?: AbortSignal; features?: boolean; train?: TrainData }
const STRANGERS = 1;
const keepGoing: Report = async () => 'continue';

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}
function sameScores(a: Float32Array, b: Float32Array, what: string, tolerance = 0): void {
  must(a.length === b.length, `${what}: ${a.length} and ${b.length} scores.`);
  for (let k = 0; k < a.length; k++) {
    must(Math.abs(a[k]! - b[k]!) <= tolerance * Math.max(1, Math.abs(a[k]!)), `${what}: score ${k} is ${a[k]} and ${b[k]}.`);
  }
}

export function conformance(card: AnyModelCard, options: ConformanceOptions): Check[] {
  const world = card.task === 'predict' ? ratingWorld() : checkerboard();
  const plain = { ...world, data: { ...world.data, users: { ...world.data.users, columns: [] }, items: { ...world.data.items, columns: [] } } };
  const hasEpochs = 'epochs' in card.params;

  const contextOf = ({ features = true, train, params = {} }: FitOptions) => ({
    train: train ?? trainOf(features ? world : plain, STRANGERS),
    text: card.needs.text === 'required' || (features && card.needs.text) ? textOf(world, STRANGERS) : null,
    params: parseParams(card.params, { ...(hasEpochs ? { epochs: 2 } : {}), ...options.params, ...params }),
  });
  const fit = async (o: FitOptions = {}): Promise<Recommender> => {
    const module = await card.load();
    const context = contextOf(o);
    const members: FittedMember[] = [];
    for (const m of membersOf(card, context.params)) {
      const model = await (await m.card.load()).fit({ ...context, params: m.params, random: createRandom(o.seed ?? 1, 'fit'), signal: new AbortController().signal, report: keepGoing });
      members.push({ id: m.card.id, name: m.card.name, weight: m.weight, model });
    }
    return module.fit({
      ...context,
      ...(members.length > 0 ? { members } : {}),
      random: createRandom(o.seed ?? 1, 'fit'),
      signal: o.signal ?? new AbortController().signal,
      report: o.report ?? keepGoing,
      ...(o.resume ? { resume: o.resume } : {}),
    });
  };
  const { U, I } = trainOf(world, STRANGERS);
  const everyone = Int32Array.from({ length: U }, (_, u) => u);
  const scoresOf = async (model: Recommender, users: Int32Array = everyone): Promise<Float32Array> => {
    const out = new Float32Array(users.length * I).fill(NaN);
    await model.score(users, out);
    return out;
  };
  const withModel = async (o: FitOptions, then: (model: Recommender) => Promise<void>): Promise<void> => {
    const model = await fit(o);
    try {
      await then(model);
    } finally {
      model.dispose?.();
    }
  };

  const checks: Check[] = [
    {
      title: 'its card is whole: form fields and presets exist and are in range',
      async run() {
        for (const name of card.main) must(name in card.params, `main names "${name}", which is no parameter.`);
        for (const preset of card.presets) parseParams(card.params, preset.params);
        parseParams(card.params, defaultsOf(card.params));
        must(card.chooseWhen.length > 20, 'chooseWhen says nothing.');
        must(!card.iterative || hasEpochs, 'An iterative model needs a parameter "epochs".');
      },
    },
    {
      title: 'parameters out of range are refused by name',
      async run() {
        for (const [name, spec] of Object.entries(card.params as Record<string, ParamSpec>)) {
          const wrong: unknown = spec.kind === 'int' || spec.kind === 'number' ? spec.max + 1 : spec.kind === 'columns' ? 7 : 'no such value';
          let message = '';
          try {
            parseParams(card.params, { [name]: wrong });
          } catch (error) {
            message = String(error);
          }
          must(message.includes(name), `${name} = ${String(wrong)} was accepted, or refused without its name: "${message}".`);
        }
      },
    },
    {
      title: 'the same seed gives the same scores, bit for bit',
      run: () => withModel({}, (a) => withModel({}, async (b) => sameScores(await scoresOf(a), await scoresOf(b), 'Two fits differ'))),
    },
    {
      title: 'save, store, restore: the same scores',
      run: () => withModel({}, async (model) => {
        const state = structuredClone(await model.save());
        const restored = await restoreModel(card, state, contextOf({}));
        sameScores(await scoresOf(model), await scoresOf(restored), 'Restored scores differ');
        restored.dispose?.();
      }),
    },
    {
      title: 'fills exactly users × items, all finite, also for users and items never seen',
      run: () => withModel({}, async (model) => {
        const users = Int32Array.of(U - 1, 3, 0);
        const room = new Float32Array(users.length * I + 8).fill(-77);
        const out = room.subarray(4, 4 + users.length * I).fill(NaN);
        await model.score(users, out);
        must([...room.subarray(0, 4), ...room.subarray(room.length - 4)].every((x) => x === -77), 'It wrote outside of out.');
        must(out.every(Number.isFinite), 'A score is missing or not finite.');
      }),
    },
    {
      title: 'a user’s scores do not depend on who else is in the batch',
      run: () => withModel({}, async (model) => {
        const all = await scoresOf(model);
        for (const u of [0, 5, U - 1]) sameScores(await scoresOf(model, Int32Array.of(u)), all.slice(u * I, (u + 1) * I), `User ${u} alone and among all`, options.batchTolerance);
        const backwards = await scoresOf(model, everyone.slice().reverse());
        sameScores(backwards.slice(0, I), all.slice((U - 1) * I), 'Order of users', options.batchTolerance);
      }),
    },
    {
      title: 'works without feature columns and leaves the train data as it was',
      async run() {
        const train = trainOf(plain, STRANGERS);
        const before = structuredClone(train);
        await withModel({ features: false, train }, async (model) => must((await scoresOf(model)).every(Number.isFinite), 'A score is not finite.'));
        must(JSON.stringify(train) === JSON.stringify(before), 'fit changed its train data.');
      },
    },
    {
      title: 'a cancel rejects with its reason and leaves nothing behind',
      async run() {
        const controller = new AbortController();
        const reason = new Error('cancelled by the check');
        const before = options.liveTensors?.();
        let reports = 0;
        const report: Report = async () => {
          reports++;
          controller.abort(reason);
          throw reason;
        };
        if (!card.iterative) controller.abort(reason);
        const outcome = await fit({ signal: controller.signal, report }).then(() => 'it went on', (error: unknown) => error);
        must(outcome === reason, `Expected the signal's reason, got ${String(outcome)}.`);
        must(reports <= 1, `It reported ${reports} times.`);
        must(options.liveTensors?.() === before, `Live tensors: ${before} before, ${options.liveTensors?.()} after.`);
      },
    },
    {
      title: 'disposing frees every tensor, and disposing twice is safe',
      async run() {
        const before = options.liveTensors?.();
        const model = await fit({});
        await scoresOf(model);
        model.dispose?.();
        model.dispose?.();
        must(options.liveTensors?.() === before, `Live tensors: ${before} before, ${options.liveTensors?.()} after.`);
      },
    },
  ];

  if (card.iterative) checks.push(...iterativeChecks());
  const { learns } = options;
  if (card.task === 'predict') {
    const settings = { ...learns?.params, ...(hasEpochs && learns ? { epochs: learns.epochs } : {}) };
    checks.push(...predictionChecks({ world, strangers: STRANGERS, learns: learns !== null, withModel: (then) => withModel({ params: settings }, then) }));
  } else if (learns) {
    checks.push({
      title: 'learns the checkerboard: offers each user the held-back item of their own colour',
      run: () => withModel({ params: { ...learns.params, ...(hasEpochs ? { epochs: learns.epochs } : {}) } }, async (model) => {
        const scores = await scoresOf(model);
        const { user, item } = world.data.interactions;
        const users = world.data.users.ids.length;
        let right = 0;
        for (let u = 0; u < users; u++) {
          const own = new Set(item.filter((_, n) => user[n] === u));
          let best = -1;
          for (let i = 0; i < I - STRANGERS; i++) if (!own.has(i) && (best < 0 || scores[u * I + i]! > scores[u * I + best]!)) best = i;
          if (best % 2 === u % 2) right++;
        }
        must(right >= 0.9 * users, `Only ${right} of ${users} users were offered an item of their own colour.`);
      }),
    });
  }
  return checks;

  function iterativeChecks(): Check[] {
    return [
      {
        title: 'reports epochs in order with a finite loss and keeps the number of tensors flat',
        async run() {
          const epochs: number[] = [];
          const live: number[] = [];
          const report: Report = async (p) => {
            if (p.kind === 'epoch') {
              epochs.push(p.epoch);
              must(Number.isFinite(p.loss), `The loss of epoch ${p.epoch} is ${p.loss}.`);
              await scoresOf(p.model);
              if (options.liveTensors) live.push(options.liveTensors());
            }
            return 'continue';
          };
          await withModel({ params: { epochs: 4 }, report }, async () => {});
          must(epochs.join() === '1,2,3,4', `Epochs reported: ${epochs.join()}.`);
          must(live.every((n) => n === live[0]), `Live tensors per epoch: ${live.join()}.`);
        },
      },
      {
        title: 'stops within an epoch when told and returns a model that scores',
        async run() {
          const after: Progress['kind'][] = [];
          let told = false;
          const report: Report = async (p) => {
            if (told) after.push(p.kind);
            if (p.kind !== 'batch') return 'continue';
            told = true;
            return 'stop';
          };
          await withModel({ params: { epochs: 5 }, report }, async (model) => {
            must(told, 'No batch was reported.');
            must(after.length === 0, `Reported after being told to stop: ${after.join()}.`);
            must((await scoresOf(model)).every(Number.isFinite), 'A score is not finite.');
          });
        },
      },
      {
        title: 'stops after an epoch when told',
        async run() {
          let epochs = 0;
          const report: Report = async (p) => (p.kind === 'epoch' && ++epochs === 1 ? 'stop' : 'continue');
          await withModel({ params: { epochs: 5 }, report }, async () => must(epochs === 1, `It went on to epoch ${epochs}.`));
        },
      },
      {
        title: 'resumed from a stored checkpoint = uninterrupted, bit for bit',
        async run() {
          const losses: number[] = [];
          let checkpoint: ModelState | null = null;
          const whole: Report = async (p) => {
            if (p.kind === 'epoch') {
              losses.push(p.loss);
              if (p.epoch === 2) checkpoint = structuredClone(await p.checkpoint());
            }
            return 'continue';
          };
          const again: number[] = [];
          await withModel({ params: { epochs: 4 }, report: whole }, async (a) => {
            must(checkpoint !== null, 'No checkpoint was given.');
            const report: Report = async (p) => {
              if (p.kind === 'epoch') again.push(p.loss);
              return 'continue';
            };
            // Another seed: everything that counts must come from the checkpoint.
            await withModel({ params: { epochs: 4 }, resume: checkpoint!, report, seed: 99 }, async (b) => {
              must(again.join() === losses.slice(2).join(), `Losses of epochs 3 and 4: ${losses.slice(2).join()} and ${again.join()}.`);
              sameScores(await scoresOf(a), await scoresOf(b), 'Resumed scores differ');
            });
          });
        },
      },
      {
        title: 'restores the model of an epoch from its checkpoint',
        async run() {
          let checkpoint: ModelState | null = null;
          let then: Float32Array | null = null;
          const report: Report = async (p) => {
            if (p.kind === 'epoch' && p.epoch === 1) {
              checkpoint = structuredClone(await p.checkpoint());
              then = await scoresOf(p.model);
            }
            return 'continue';
          };
          await withModel({ params: { epochs: 3 }, report }, async () => {});
          const restored = await restoreModel(card, checkpoint!, contextOf({ params: { epochs: 3 } }));
          sameScores(then!, await scoresOf(restored), 'Scores of epoch 1 differ');
          restored.dispose?.();
        },
      },
    ];
  }
}
