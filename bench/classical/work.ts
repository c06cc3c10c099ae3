/** One line of the table of classical models: our work, what it is set beside, and the ratio it must not exceed. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { allowThreads } from '../../src/core/threads/allowance';

export interface Peer {
  library: string;
  /** Under shared/reference/peers, or a whole path. */
  script: string;
  args: readonly string[];
  /** `name` of the script's line. */
  line: string;
  /** Has threads of its own and asks that BLAS have none beside them. */
  plainBlas?: boolean;
}
export interface Work {
  what: string;
  /** Ours may take this many times as long as the peer; null where no figure is asked for. */
  target: number | null;
  /** On both sides; default 1. With more, time is that on the clock. */
  threads?: number;
  /** @returns seconds where the work itself knows them better than a clock around it */
  ours(): Promise<number | void> | number | void;
  peer: Peer | null;
  /** The slow twin, where there is no peer. */
  twin?: () => Promise<number | void> | number | void;
}
export interface Measured {
  ours: number;
  /** NaN where it is not there. */
  other: number;
  name: string;
}

export interface Python {
  command: string | null;
  shared: string;
  /** Where scripts put their files. */
  temp: string;
}
interface Line { name: string; seconds: number }

/** As many threads for every library as ours has. */
const threadsOf = (threads: number): Record<string, string> => Object.fromEntries(['OMP', 'OPENBLAS', 'MKL', 'NUMBA'].map((name) => [`${name}_NUM_THREADS`, String(threads)]));

/** Runs a script. */
const RUN = 'import os, runpy, sys, time; sys.argv = sys.argv[1:]; sys.path.insert(0, os.path.dirname(sys.argv[0])); runpy.run_path(sys.argv[0], run_name="__main__")';
/** The same with its clock replaced by the processor time of its process. */
const ON_PROCESSOR_TIME = RUN.replace('time;', 'time; time.perf_counter = time.process_time;');
const answers = new Map<string, Line[]>();

/** The fastest of the script's own runs; a script that prints several lines is run once. NaN where it does not run. */
export function peerSeconds({ command, shared, temp }: Python, { script, args, line, plainBlas }: Peer, threads = 1): number {
  if (!command) return NaN;
  const call = [path.isAbsolute(script) ? script : path.join(shared, 'reference', 'peers', script), ...args];
  try {
    const key = [threads, ...call].join(' ');
    const lines = answers.get(key) ?? execFileSync(command, ['-c', threads > 1 ? RUN : ON_PROCESSOR_TIME, ...call], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...threadsOf(threads), ...(plainBlas ? { OPENBLAS_NUM_THREADS: '1' } : {}), TMPDIR: temp, PYTHONDONTWRITEBYTECODE: '1' } })
      .split('\n').filter((l) => l.startsWith('{')).map((l) => JSON.parse(l) as Line);
    answers.set(key, lines);
    return lines.find((l) => l.name === line)?.seconds ?? NaN;
  } catch {
    return NaN;
  }
}

/** Processor seconds of this process so far, those of collecting garbage and compiling included. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function secondsOf(run: Work['ours'], threads = 1): Promise<number> {
  const now = (): number => (threads > 1 ? performance.now() / 1000 : processorSeconds());
  const began = now();
  const known = await run();
  return known ?? now() - began;
}

/**
 * One thread: processor time, not time on the clock, as other work on the machine then counts for neither side. Several: time on the clock, which is
 * what they are for; it wants an idle machine.
 * Ours twice (on the clock five times): the smallest counts, as the scripts take the smallest of theirs.
 */
export async function measureWork(work: Work, python: Python): Promise<Measured> {
  const { peer, twin, threads = 1 } = work;
  const other = peer ? peerSeconds(python, peer, threads) : twin ? await secondsOf(twin, threads) : NaN;
  allowThreads(threads);
  const runs: number[] = [];
  for (let k = 0; k < (threads > 1 ? 5 : 2); k++) runs.push(await secondsOf(work.ours, threads));
  allowThreads(1);
  return { ours: Math.min(...runs), other, name: peer ? peer.library : 'slow twin' };
}
