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

export function peerSeconds({ command, shared, temp }: Python, { script, args, line }: Peer): number {
  if (!command) return NaN;
  const file = path.isAbsolute(script) ? script : path.join(shared, 'reference', 'peers', script);
  try {
    const out = execFileSync(command, [file, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...ONE_THREAD, TMPDIR: temp, PYTHONDONTWRITEBYTECODE: '1' } });
    return out.split('\n').filter((l) => l.startsWith('{')).map((l) => JSON.parse(l) as Line).find((l) => l.name === line)?.seconds ?? NaN;
  } catch {
    return NaN;
  }
}

async function secondsOf(run: Work['ours']): Promise<number> {
  const began = performance.now();
  const known = await run();
  return known ?? (performance.now() - began) / 1000;
}

/** Peer, ours, peer, ours: the smaller of two each, so that a busy moment of the machine does not decide. */
export async function measureWork(work: Work, python: Python): Promise<Measured> {
  let ours = Infinity;
  let other = Infinity;
  const { peer, twin } = work;
  for (let turn = 0; turn < 2; turn++) {
    const spent = peer ? peerSeconds(python, peer) : twin ? await secondsOf(twin) : NaN;
    other = Number.isNaN(spent) ? other : Math.min(other, spent);
    ours = Math.min(ours, await secondsOf(work.ours));
  }
  return { ours, other: other === Infinity ? NaN : other, name: peer ? peer.library : 'slow twin' };
}
