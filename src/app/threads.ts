/**
 * `threads=N` in the address, before or after the #: runs spread our WASM kernels over at most N threads. Without it they use what the machine has;
 * results are the same, so this is for looking and for leaving cores to other work.
 */
import { mostWorkers } from './queue/pool';

/** More than a word can ask for. */
const MOST_THREADS = 8;

/** The number an address asks for; null where it asks for none or for one that cannot be (1 to 8 can). The part after the # goes first. */
export function threadsIn(search: string, hash: string): number | null {
  const at = hash.indexOf('?');
  const word = (at < 0 ? null : new URLSearchParams(hash.slice(at + 1)).get('threads')) ?? new URLSearchParams(search).get('threads');
  const n = Number(word);
  return word !== null && Number.isInteger(n) && n >= 1 && n <= MOST_THREADS ? n : null;
}

const here = (): number | null => threadsIn(globalThis.location?.search ?? '', globalThis.location?.hash ?? '');
let wanted = here();
if (typeof window !== 'undefined') window.addEventListener('hashchange', () => (wanted = here() ?? wanted));

/** Of this visit; undefined: as many as there are. */
export const threadsWanted = (): number | undefined => wanted ?? undefined;

/** For each of several trainers side by side: together no more than there are cores. */
export const threadsEach = (): number => wanted ?? Math.max(1, Math.min(MOST_THREADS, Math.floor((globalThis.navigator?.hardwareConcurrency ?? 1) / mostWorkers())));
