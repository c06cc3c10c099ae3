/**
 * Records every kernel launch of a few training steps. The engine's `runKernel` is wrapped only while steps are recorded, so a run that nobody
 * looks at pays nothing. Recording begins and ends where a step ends, and goes on for the next evaluation.
 */
import { PROFILE_PHASES, type ProfiledKernel, type ProfilePhase, type StepProfile } from '../core/profile';
import { isOwn, threadsInUse } from './kernel-list';
import { kernelThreads } from './kernels/simd/simd';
import { ownKernels } from './kernel-switch';
import { listen, type Clock } from './profile-clock';
import { costOf } from './profile-costs';
import { measurePeak } from './profile-peak';
import { engine, getBackend, type Tensor } from './tensors';

type RunKernel = ReturnType<typeof engine>['runKernel'];

/** Wraps the engine's launches; `note` gets each launch with the milliseconds it took itself. @returns puts things back as they were */
function wrapLaunches(note: (kernel: string, inputs: Parameters<RunKernel>[1], attrs: Parameters<RunKernel>[2], out: readonly Tensor[], milliseconds: number) => void): () => void {
  const e = engine();
  const original = e.runKernel;
  let within = 0; // milliseconds of launches inside the present one
  const wrapped = (kernel: string, inputs: Parameters<RunKernel>[1], attrs?: Parameters<RunKernel>[2]): Tensor | Tensor[] => {
    const outside = within;
    within = 0;
    const began = performance.now();
    const out = original.call(e, kernel, inputs, attrs as never) as Tensor | Tensor[];
    const ended = performance.now();
    note(kernel, inputs, attrs as never, Array.isArray(out) ? out : [out], Math.max(0, ended - began - within));
    within = outside + performance.now() - began;
    return out;
  };
  e.runKernel = wrapped as RunKernel;
  return () => {
    e.runKernel = original;
  };
}

export interface ProfileRequest {
  runId: string;
  steps: number;
  /** The table as soon as the steps are done, before the evaluation is known. */
  onSteps(profile: StepProfile): void;
}

/** One recording, from its request to its table. */
class Recording implements Clock {
  private readonly kernels = new Map<string, ProfiledKernel>();
  private readonly phases = Object.fromEntries(PROFILE_PHASES.map((p) => [p, 0])) as Record<ProfilePhase, number>;
  private phase: ProfilePhase | 'aside' = 'input';
  private since = 0;
  private steps = 0;
  private evaluations = 0;
  private state: 'armed' | 'steps' | 'evaluation' | 'done' = 'armed';
  private restore: (() => void) | null = null;
  private settle!: (profile: StepProfile | null) => void;
  readonly finished = new Promise<StepProfile | null>((resolve) => {
    this.settle = resolve;
  });
  private readonly backend = getBackend();
  private readonly own = ownKernels();
  private readonly threads = threadsInUse();
  /** By each thread: counted from the first step on, then of the recorded steps. */
  private before: number[] = [];
  private parts: number[] | null = null;

  constructor(private readonly request: ProfileRequest, private readonly peak: StepProfile['peak']) {}

  enter(phase: ProfilePhase | 'aside'): void {
    const was = this.phase;
    this.closePhase();
    this.phase = phase;
    if (this.state === 'steps' && was === 'evaluation' && phase !== 'evaluation') this.evaluations += 1;
    if (this.state !== 'evaluation') return;
    // The steps are done: only what an evaluation launches is still of interest.
    if (phase === 'evaluation') this.record(true);
    else if (was === 'evaluation') {
      this.evaluations += 1;
      this.end();
    }
  }

  stepEnded(): void {
    if (this.state === 'armed') {
      this.state = 'steps';
      this.since = performance.now();
      this.before = kernelThreads()?.executed() ?? [];
      this.record(true);
      return;
    }
    if (this.state !== 'steps') return;
    this.steps += 1;
    if (this.steps < this.request.steps) return;
    if (this.threads > 1) this.parts = (kernelThreads()?.executed() ?? []).map((n, k) => n - (this.before[k] ?? 0));
    this.closePhase();
    this.record(false);
    if (this.evaluations > 0) return this.end();
    this.state = 'evaluation';
    this.request.onSteps(this.table());
  }

  /** The run is over, or nobody waits any more. */
  end(): void {
    if (this.state === 'done') return;
    this.closePhase();
    this.record(false);
    this.state = 'done';
    this.settle(this.steps > 0 ? this.table() : null);
  }

  private closePhase(): void {
    const now = performance.now();
    if ((this.state === 'steps' || (this.state === 'evaluation' && this.phase === 'evaluation')) && this.phase !== 'aside') this.phases[this.phase] += now - this.since;
    this.since = now;
  }

  private record(on: boolean): void {
    if (on === (this.restore !== null)) return;
    if (on) this.restore = wrapLaunches((...launch) => this.note(...launch));
    else {
      this.restore?.();
      this.restore = null;
    }
  }

  private note(kernel: string, inputs: Parameters<RunKernel>[1], attrs: Parameters<RunKernel>[2], out: readonly Tensor[], milliseconds: number): void {
    const began = performance.now();
    const phase = this.phase;
    if (phase === 'aside') return;
    const key = `${phase} ${kernel}`;
    let row = this.kernels.get(key);
    if (!row) this.kernels.set(key, (row = { phase, kernel, own: isOwn(kernel, this.backend), launches: 0, milliseconds: 0, flops: 0, bytes: 0 }));
    const cost = costOf(kernel, inputs as never, out, attrs ?? {});
    row.launches += 1;
    row.milliseconds += milliseconds;
    row.flops = row.flops === null || cost.flops === null ? null : row.flops + cost.flops;
    row.bytes += cost.bytes;
    this.since += performance.now() - began; // keeping the books is not the run's time
  }

  private table(): StepProfile {
    return {
      runId: this.request.runId,
      backend: this.own ? this.backend : `${this.backend}, our kernels off`,
      threads: this.threads,
      ...(this.parts ? { parts: this.parts } : {}),
      timing: this.backend === 'wasm' || this.backend === 'cpu' ? 'work' : 'submission',
      steps: this.steps,
      evaluations: this.evaluations,
      phases: { ...this.phases },
      kernels: [...this.kernels.values()].map((k) => ({ ...k })).sort((a, b) => b.milliseconds - a.milliseconds),
      peak: this.peak,
    };
  }
}

let current: Recording | null = null;

/** Starts listening for the next steps on the backend in use. @returns the table with the next evaluation; null when no step came */
export async function profileSteps(request: ProfileRequest): Promise<StepProfile | null> {
  const peak = await measurePeak();
  current?.end();
  const recording = (current = new Recording(request, peak));
  listen(recording);
  try {
    return await recording.finished;
  } finally {
    if (current === recording) {
      current = null;
      listen(null);
    }
  }
}

/** To be told when a run ends, so that nobody waits for steps that never come. */
export const endProfile = (): void => current?.end();
