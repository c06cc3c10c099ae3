/** Reads a step profile: what took the time, in plain words, and how near each kernel comes to what the machine can do. Pure. */
import { PROFILE_PHASES, type ProfiledKernel, type ProfilePhase, type StepProfile } from '../core/profile';

const PHASE_NAMES: Record<ProfilePhase, string> = { input: 'Preparing batches', forward: 'Forward', backward: 'Backward', optimiser: 'Optimiser', evaluation: 'Evaluation' };

/** One kernel over a whole step, or over an evaluation. */
export interface KernelLine {
  kernel: string;
  own: boolean;
  phases: ProfilePhase[];
  /** Of one step. */
  launches: number;
  milliseconds: number;
  /** Of the step's wall clock. */
  share: number;
  /** 10⁹ operations a second; null where operations are unknown, none, or times say nothing about the work. */
  gflops: number | null;
  ofPeak: number | null;
  /** 10⁹ bytes a second, inputs and outputs once. */
  gigabytes: number | null;
}
export interface PhaseLine {
  phase: ProfilePhase;
  name: string;
  /** Of one step; of one evaluation for that. */
  milliseconds: number;
  /** Of it within kernel launches; the rest is JavaScript between them. */
  inKernels: number;
  launches: number;
  /** Of the step; null for the evaluation, which is not part of one. */
  share: number | null;
}
export interface ProfileReading {
  stepMilliseconds: number;
  launches: number;
  phases: PhaseLine[];
  /** Longest first. */
  kernels: KernelLine[];
  evaluation: KernelLine[];
  /** Of the step outside every launch. */
  between: number;
}

const STEP = PROFILE_PHASES.filter((p) => p !== 'evaluation');
const sum = <T>(list: readonly T[], of: (x: T) => number): number => list.reduce((s, x) => s + of(x), 0);

export function readProfile(p: StepProfile): ProfileReading {
  const stepMilliseconds = sum(STEP, (phase) => p.phases[phase]) / p.steps;
  const inStep = p.kernels.filter((k) => k.phase !== 'evaluation');
  const measured = p.kernels.filter((k) => k.phase === 'evaluation');
  const kernels = linesOf(inStep, p, p.steps, stepMilliseconds);
  return {
    stepMilliseconds,
    launches: sum(inStep, (k) => k.launches) / p.steps,
    phases: PROFILE_PHASES.filter((phase) => phase !== 'evaluation' || p.evaluations > 0).map((phase) => {
      const of = phase === 'evaluation' ? p.evaluations : p.steps;
      const own = p.kernels.filter((k) => k.phase === phase);
      const milliseconds = p.phases[phase] / of;
      return {
        phase, name: PHASE_NAMES[phase], milliseconds,
        inKernels: sum(own, (k) => k.milliseconds) / of,
        launches: sum(own, (k) => k.launches) / of,
        share: phase === 'evaluation' || stepMilliseconds === 0 ? null : milliseconds / stepMilliseconds,
      };
    }),
    kernels,
    evaluation: p.evaluations > 0 ? linesOf(measured, p, p.evaluations, p.phases.evaluation / p.evaluations) : [],
    between: stepMilliseconds > 0 ? Math.max(0, 1 - sum(kernels, (k) => k.milliseconds) / stepMilliseconds) : 0,
  };
}

function linesOf(kernels: readonly ProfiledKernel[], p: StepProfile, per: number, whole: number): KernelLine[] {
  const byName = new Map<string, ProfiledKernel[]>();
  for (const k of kernels) byName.set(k.kernel, [...(byName.get(k.kernel) ?? []), k]);
  return [...byName.values()].map((parts): KernelLine => {
    const milliseconds = sum(parts, (k) => k.milliseconds);
    const flops = parts.some((k) => k.flops === null) ? null : sum(parts, (k) => k.flops!);
    const seen = p.timing === 'work' && milliseconds > 0;
    const gflops = seen && flops ? flops / milliseconds / 1e6 : null;
    const bytes = sum(parts, (k) => k.bytes);
    return {
      kernel: parts[0]!.kernel, own: parts[0]!.own, phases: parts.map((k) => k.phase),
      launches: sum(parts, (k) => k.launches) / per,
      milliseconds: milliseconds / per,
      share: whole > 0 ? milliseconds / per / whole : 0,
      gflops, ofPeak: gflops === null ? null : gflops / p.peak.gflops,
      gigabytes: seen && bytes > 0 ? bytes / milliseconds / 1e6 : null,
    };
  }).sort((a, b) => b.milliseconds - a.milliseconds);
}

/** What a kernel does, in words a student knows. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['matrix products', /MatMul/],
  ['the fused pair scorer', /PairHead|PairDots/],
  ['attention', /Attention/],
  ['normalising and activation', /LayerNorm|Gelu|Erf|Relu|Sigmoid|Tanh/],
  ['fetching rows and adding them back', /Rows|Gather|SegmentSum|ScatterNd/],
  ['Adam', /Adam/],
  ['the softmax loss', /Softmax|MultinomialLoss|LogSumExp/],
];
export const kindOf = (kernel: string): string => KINDS.find(([, pattern]) => pattern.test(kernel))?.[0] ?? 'small operations';

/** @param percent writes a share, as the page does everywhere */
export function profileSentence(p: StepProfile, percent: (share: number) => string): string {
  const r = readProfile(p);
  if (r.stepMilliseconds === 0) return 'The clock of this browser is too coarse to see a step.';
  if (p.timing === 'submission') return `A step hands ${Math.round(r.launches)} launches to the GPU, which works on after each has returned: times here are those of handing over, and the waiting stands under preparing batches, where the loss is read.`;
  const kinds = new Map<string, { milliseconds: number; known: number; gflop: number }>();
  for (const k of r.kernels) {
    const kind = kinds.get(kindOf(k.kernel)) ?? { milliseconds: 0, known: 0, gflop: 0 };
    kind.milliseconds += k.milliseconds;
    if (k.gflops !== null) {
      kind.known += k.milliseconds;
      kind.gflop += k.gflops * k.milliseconds;
    }
    kinds.set(kindOf(k.kernel), kind);
  }
  const parts = [...kinds].sort((a, b) => b[1].milliseconds - a[1].milliseconds).slice(0, 3).filter(([, k]) => k.milliseconds / r.stepMilliseconds >= 0.01).map(([name, k], n) => {
    const rate = k.known >= 0.9 * k.milliseconds && k.known > 0 && /products|scorer|attention/.test(name) ? `, at ${percent(k.gflop / k.known / p.peak.gflops)} of this browser's peak` : '';
    return `${percent(k.milliseconds / r.stepMilliseconds)}${n === 0 ? ' of a step' : ''} is ${name}${rate}`;
  });
  return [...parts, `${percent(r.between)}${parts.length === 0 ? ' of a step' : ''} is spent between the ${Math.round(r.launches)} launches`].join('; ') + '.';
}
