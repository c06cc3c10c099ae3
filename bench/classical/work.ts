/** One line of the table of classical models: our work, what it is set beside, and the ratio it must not exceed. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export interface Peer {
  library: string;
  /** Under shared/reference/peers, or a whole path. */
  script: string;
  args: readonly string[];
  /** `name` of the script's line. */
  line: string;
}
export interface Work {
  what: string;
  /** Ours may take this many times as long as the peer; null where no figure is asked for. */
  target: number | null;
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

/** One thread for every library, as ours has one. */
const ONE_THREAD = Object.fromEntries(['OMP', 'OPENBLAS', 'MKL', 'NUMBA'].map((name) => [`${name}_NUM_THREADS`, '1']));

/** Runs a script with its clock replaced by the processor time of its process. */
const ON_PROCESSOR_TIME = 'import os, runpy, sys, time; time.perf_counter = time.process_time; sys.argv = sys.argv[1:]; sys.path.insert(0, os.path.dirname(sys.argv[0])); runpy.run_path(sys.argv[0], run_name="__main__")';
const answers = new Map<string, Line[]>();

/** The fastest of the script's own runs; a script that prints several lines is run once. NaN where it does not run. */
export function peerSeconds({ command, shared, temp }: Python, { script, args, line }: Peer): number {
  if (!command) return NaN;
  const call = [path.isAbsolute(script) ? script : path.join(shared, 'reference', 'peers', script), ...args];
  try {
    const lines = answers.get(call.join(' ')) ?? execFileSync(command, ['-c', ON_PROCESSOR_TIME, ...call], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...ONE_THREAD, TMPDIR: temp, PYTHONDONTWRITEBYTECODE: '1' } })
      .split('\n').filter((l) => l.startsWith('{')).map((l) => JSON.parse(l) as Line);
    answers.set(call.join(' '), lines);
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

async function secondsOf(run: Work['ours']): Promise<number> {
  const began = processorSeconds();
  const known = await run();
  return known ?? processorSeconds() - began;
}

/**
 * Processor time, not time on the clock: both sides have one thread, and other work on the machine then counts for neither.
 * Ours twice: the smaller counts, as the scripts take the smallest of theirs.
 */
export async function measureWork(work: Work, python: Python): Promise<Measured> {
  const { peer, twin } = work;
  const other = peer ? peerSeconds(python, peer) : twin ? await secondsOf(twin) : NaN;
  const first = await secondsOf(work.ours);
  return { ours: Math.min(first, await secondsOf(work.ours)), other, name: peer ? peer.library : 'slow twin' };
}
