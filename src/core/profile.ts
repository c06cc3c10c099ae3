/** Where the time of training steps went, as measured: kernel launches, phases, and what this machine can do at best. */

/** 'input': everything between two steps (drawing negatives, gathering batches, reading the loss). */
export const PROFILE_PHASES = ['input', 'forward', 'backward', 'optimiser', 'evaluation'] as const;
export type ProfilePhase = (typeof PROFILE_PHASES)[number];

/** All launches of one kernel in one phase. */
export interface ProfiledKernel {
  phase: ProfilePhase;
  /** The name it is registered under. */
  kernel: string;
  /** Code of this project, not TensorFlow.js's. */
  own: boolean;
  launches: number;
  /** Time within the launches, launches inside them counted once. */
  milliseconds: number;
  /** Floating-point operations, exp and erf as the polynomials they are computed by; null where unknown. */
  flops: number | null;
  /** Inputs read once and outputs written once: the least that has to move. */
  bytes: number;
}
export interface MachinePeak {
  /** Best matrix product seen on this backend, 10⁹ operations a second. */
  gflops: number;
  /** Copying a large array, 10⁹ bytes read and written a second. */
  gigabytes: number;
}
export interface StepProfile {
  runId: string;
  /** As run records name it. */
  backend: string;
  threads: number;
  /** Parts of kernels each of them computed in the recorded steps, the calling one first; absent where there is one. */
  parts?: number[];
  /** 'submission': a GPU works on after a launch returns, so times are those of handing the work over. */
  timing: 'work' | 'submission';
  /** Steps recorded. */
  steps: number;
  /** Evaluations recorded: 0 until the epoch of these steps is measured. */
  evaluations: number;
  /** Wall clock of each phase over all recorded steps (evaluation: over all recorded evaluations), milliseconds. */
  phases: Record<ProfilePhase, number>;
  kernels: ProfiledKernel[];
  peak: MachinePeak;
}
