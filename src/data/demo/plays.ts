/** Who plays what, when: drawn without replacement from the true affinity among the songs that are out. */
import type { KnownTruth } from '../../core/dataset';
import type { Random } from '../../core/random';
import { affinities, affinity } from './truth';
import { DAY, END, freshnessAt, type World } from './world';

export interface Play {
  user: number;
  item: number;
  /** Seconds since 1970, whole. */
  time: number;
  plays: number;
}

/**
 * P(next song of u at time t is i) ∝ exp(affinity of u to i at t) over songs released by t that u has not played.
 * The affinity at t differs from the recorded truth only in freshness, which is that of t and not of the end.
 * Rows come sorted by user, then time.
 */
export function drawPlays(world: World, truth: KnownTruth, random: Random): { rows: Play[]; rescued: number } {
  const { songs, spec } = world;
  const I = songs.length;
  const now = new Float64Array(I);
  const weight = new Float64Array(I); // exp of the affinity without freshness; 0 once played
  const rate = new Float64Array(I);
  const played = new Int32Array(I);
  const rows: Play[] = [];
  const released = Float64Array.from(songs, (s) => s.released);
  const atEnd = Float64Array.from(songs, (s) => freshnessAt(spec, s, END));
  world.listeners.forEach((listener, u) => {
    affinities(truth, u, now);
    const lasting = now.map((a, i) => a - listener.curiosity * atEnd[i]!);
    const top = lasting.reduce((a, b) => Math.max(a, b), -Infinity);
    for (let i = 0; i < I; i++) weight[i] = Math.exp(lasting[i]! - top);
    for (const time of playTimes(listener.joined, listener.last, listener.rows, random)) {
      let total = 0;
      for (let i = 0; i < I; i++) {
        const fresh = released[i]! > time ? 0 : Math.exp((released[i]! - time) / (spec.freshDays * DAY));
        rate[i] = fresh === 0 ? 0 : weight[i]! * (fresh < 1e-6 ? 1 : Math.exp(listener.curiosity * fresh));
        total += rate[i]!;
      }
      let x = random.next() * total;
      let item = -1;
      for (let i = 0; i < I; i++) {
        if (rate[i] === 0) continue;
        item = i;
        x -= rate[i]!;
        if (x < 0) break;
      }
      if (item < 0) throw new Error(`Listener ${u + 1} has already played every song that is out: ask for fewer interactions or more songs.`);
      const liked = lasting[item]! - listener.mainstream * songs[item]!.logPopularity;
      const plays = 1 + Math.floor(-Math.log(1 - random.next()) * Math.max(0.3, 0.5 * liked));
      rows.push({ user: u, item, time, plays: Math.min(99, plays) });
      weight[item] = 0;
      played[item]! += 1;
    }
  });
  return { rows, rescued: rescue(world, truth, rows, played) };
}

/** `n` different whole seconds from `joined` to `last`, ascending; the last is `last`. */
function playTimes(joined: number, last: number, n: number, random: Random): number[] {
  const times = new Set<number>([Math.floor(last)]);
  while (times.size < n) times.add(Math.floor(joined + (last - joined) * random.next()));
  return [...times].sort((a, b) => a - b);
}

/**
 * A song nobody drew takes the place of the last play of the listener to whom it means most, so that no song lacks a play.
 * Where no last play is late enough or can be spared, any play will do.
 */
function rescue(world: World, truth: KnownTruth, rows: Play[], played: Int32Array): number {
  const lastRows = rows.filter((row, r) => rows[r + 1]?.user !== row.user);
  let rescued = 0;
  for (let i = 0; i < played.length; i++) {
    if (played[i]! > 0) continue;
    const row = keenest(lastRows, i) ?? keenest(rows, i);
    if (!row) throw new Error(`Nobody can play song ${i + 1}: no listener is active after its release. Choose another seed or fewer late songs.`);
    played[row.item]! -= 1;
    row.item = i;
    played[i] = 1;
    rescued += 1;
  }
  return rescued;

  function keenest(candidates: readonly Play[], item: number): Play | null {
    let best: Play | null = null;
    let most = -Infinity;
    for (const row of candidates) {
      if (world.songs[item]!.released > row.time || played[row.item]! < 2) continue;
      const a = affinity(truth, row.user, item);
      if (a > most) [best, most] = [row, a];
    }
    return best;
  }
}
