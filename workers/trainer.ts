/** What the trainer worker answers. It knows cards, not models: adding a model changes nothing here. */
import type { AnyModelCard, Recommender } from '../src/core/model';
import { messageOf, Problem } from '../src/core/problem';
import { allowThreads } from '../src/core/threads/allowance';
import { runExperiment } from '../src/experiment/experiment';
import { RunControl } from '../src/experiment/run-control';
import { runTrial } from '../src/experiment/trial';
import { cardOf } from '../src/models/catalogue';
import { usesTensors } from '../src/models/members';
import { backendText } from '../src/experiment/backend-text';
import { profile, runBegins, runEnds } from './profile-desk';
import type { BackendChoice, BackendId, TrainerCalls } from './protocol';
import type { Handlers } from './rpc';
import { keepWeights } from './weights-store';

/** Fitted models stay here; the page holds run ids. Only the latest is kept, so that memory does not grow with every run. */
let fitted: { runId: string; recommender: Recommender } | null = null;
let running: { runId: string; control: RunControl } | null = null;
/** The engine is loaded with the first call that needs it: a popularity count should not wait for TensorFlow.js. */
let engine: typeof import('../src/compute/backend') | null = null;
const loadEngine = async (): Promise<typeof import('../src/compute/backend')> => (engine ??= await import('../src/compute/backend'));

/** The engine keeps the answers of its self-test, so asking again only switches. */
const switchTo = async (prefer: BackendId | 'auto', kernels: 'on' | 'off' = 'on', threads?: number): Promise<BackendChoice> => (await loadEngine()).chooseBackend(prefer, { kernels, threads });

/** The model this worker holds for a run, for later calls that score with it. */
export const fittedModel = (runId: string): Recommender | null => (fitted?.runId === runId ? fitted.recommender : null);

function letGo(): void {
  fitted?.recommender.dispose?.();
  fitted = null;
}

function heapBytes(): number | null {
  const memory = (performance as { memory?: { usedJSHeapSize: number } }).memory;
  return memory?.usedJSHeapSize ?? null;
}

function card(id: string): AnyModelCard {
  try {
    return cardOf(id);
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'Choose one of these.');
  }
}

export const handlers: Handlers<TrainerCalls> = {
  async backend({ prefer, kernels, threads }) {
    if (running) throw new Problem('A run is training, and the backend cannot change under it.', {}, 'Stop the run first.');
    letGo(); // its tensors live on the backend that is about to change
    return switchTo(prefer, kernels, threads);
  },

  async train({ model, backend, testFile, ...input }, { signal, progress }) {
    if (running) throw new Problem('Another run is training.', {}, 'Stop it, or wait until it is done.');
    allowThreads(input.threads);
    const chosen = card(model);
    const control = new RunControl();
    running = { runId: input.runId, control };
    letGo();
    try {
      const choice = usesTensors(chosen, input.params) ? await switchTo(backend, input.kernels, input.threads) : null;
      if (choice) await runBegins(input.runId);
      const { record, recommender } = await runExperiment(
        {
          ...input,
          card: chosen,
          backend: choice ? backendText(choice) : 'typescript',
          ...(testFile ? { testPairs: await (await import('../src/data/test-file')).readTestFile(testFile, signal) } : {}),
        },
        { signal, control, progress, checkpoints: input.checkpoints !== false, memory: () => (choice && engine ? engine.tensorMemory().bytes : null) },
      );
      fitted = { runId: input.runId, recommender };
      // Recommend brings the model back from these; a run is never worth less for lack of room.
      const left = await keepWeights(input.runId, () => recommender.save());
      return left ? { ...record, warnings: [...record.warnings, left] } : record;
    } finally {
      running = null;
      await runEnds();
    }
  },

  async trial({ model, backend, testFile, ...input }, { signal, progress }) {
    if (running) throw new Problem('Another run is training.', {}, 'Stop it, or wait until it is done.');
    allowThreads(input.threads);
    const chosen = card(model);
    running = { runId: 'trial', control: new RunControl() };
    letGo();
    try {
      if (usesTensors(chosen, input.params)) await switchTo(backend, input.kernels, input.threads);
      const testPairs = testFile ? await (await import('../src/data/test-file')).readTestFile(testFile, signal) : undefined;
      return await runTrial({ ...input, card: chosen, ...(testPairs ? { testPairs } : {}) }, { signal, progress });
    } finally {
      running = null;
    }
  },

  control({ runId, action }) {
    if (running?.runId !== runId) return { accepted: false };
    running.control[action]();
    return { accepted: true };
  },

  memory() {
    const { tensors, bytes } = engine?.tensorMemory() ?? { tensors: 0, bytes: 0 };
    return { tensors, bytes, heap: heapBytes() };
  },

  profile,

  weights: async ({ runId }) => (await fittedModel(runId)?.save()) ?? null,
};
