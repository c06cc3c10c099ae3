/** One item of SLIM by coordinate descent on the Gram matrix, over a working set that grows until nothing is left to gain outside it. */
import { bestOf } from '../../math/kept-rows';

export interface ColumnSettings {
  l1: number;
  l2: number;
  tolerance: number;
  sweeps: number;
}

/** How many items enter the working set at first; later as many as it has. */
const FIRST = 64;

/** Scratch that all items share, and what one fit leaves in it. */
export class ColumnRoom {
  readonly weights: Float64Array; // [I], zeros between items
  readonly rest: Float64Array; // [I]
  readonly gain: Float64Array; // [I]
  readonly inside: Uint8Array; // [I]
  set = new Int32Array(FIRST);
  size = 0;
  /** XᵀX among the working set, rows of `capacity`. */
  small = new Float64Array(FIRST * FIRST);
  own = new Float64Array(FIRST); // weights of the set
  slope = new Float64Array(FIRST); // rest of the set
  carried = new Float64Array(FIRST); // weights that `rest` already knows of

  constructor(I: number) {
    this.weights = new Float64Array(I);
    this.rest = new Float64Array(I);
    this.gain = new Float64Array(I);
    this.inside = new Uint8Array(I);
  }

  get capacity(): number {
    return this.set.length;
  }

  grow(capacity: number): void {
    const old = this.capacity;
    const small = new Float64Array(capacity * capacity);
    for (let a = 0; a < this.size; a++) small.set(this.small.subarray(a * old, a * old + this.size), a * capacity);
    const wider = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.small = small;
    this.set = wider(this.set, new Int32Array(capacity));
    this.own = wider(this.own, new Float64Array(capacity));
    this.slope = wider(this.slope, new Float64Array(capacity));
    this.carried = wider(this.carried, new Float64Array(capacity));
  }

  clear(): void {
    for (let a = 0; a < this.size; a++) {
      this.inside[this.set[a]!] = 0;
      this.weights[this.set[a]!] = 0;
    }
    this.size = 0;
  }
}

/**
 * min over w ≥ 0, w_j = 0:  ½‖x_j − Xw‖² + l1 Σw + ½ l2 ‖w‖², over `candidates` only.
 * One coordinate, the others fixed: w_i = max(0, (r_i + G_ii w_i − l1) / (G_ii + l2)) with r = G_·j − G w.
 * As G ≥ 0 and w ≥ 0, r_i + G_ii w_i never exceeds G_ij: an item with G_ij ≤ l1 stays at 0, so callers leave it out.
 * @param gram XᵀX [I, I], row-major
 * The weights are left in room.weights; room.clear() makes it ready for the next item.
 */
export function fitColumn(gram: Float32Array, I: number, j: number, candidates: Int32Array, s: ColumnSettings, room: ColumnRoom): void {
  const { rest } = room;
  for (let i = 0; i < I; i++) rest[i] = gram[j * I + i]!;
  let left = s.sweeps;
  while (left > 0) {
    const entering = mostToGain(gram, I, candidates, s, room);
    if (entering.length === 0) break;
    enter(gram, I, entering, room);
    left = settle(s, room, left);
    carry(gram, I, room);
  }
  for (let a = 0; a < room.size; a++) room.weights[room.set[a]!] = room.own[a]!;
}

/** Items outside the set whose first move would exceed the tolerance: those that lower the objective most. */
function mostToGain(gram: Float32Array, I: number, candidates: Int32Array, s: ColumnSettings, room: ColumnRoom): Int32Array {
  const { rest, gain, inside } = room;
  const waiting = candidates.filter((i) => {
    if (inside[i] === 1) return false;
    const above = rest[i]! - s.l1;
    const curve = gram[i * I + i]! + s.l2;
    if (!(above > s.tolerance * curve)) return false;
    gain[i] = (above * above) / curve;
    return true;
  });
  const most = Math.max(FIRST, room.size);
  return waiting.length <= most ? waiting : bestOf(gain, waiting, most);
}

function enter(gram: Float32Array, I: number, entering: Int32Array, room: ColumnRoom): void {
  const before = room.size;
  const after = before + entering.length;
  if (after > room.capacity) room.grow(Math.max(after, 2 * room.capacity));
  const { set, small, capacity } = room;
  set.set(entering, before);
  room.size = after;
  for (let a = before; a < after; a++) {
    const i = set[a]!;
    room.inside[i] = 1;
    room.own[a] = 0;
    room.carried[a] = 0;
    for (let b = 0; b <= a; b++) small[a * capacity + b] = small[b * capacity + a] = gram[i * I + set[b]!]!;
  }
  for (let a = 0; a < after; a++) room.slope[a] = room.rest[set[a]!]!;
}

/** Sweeps over the working set until no weight moves by more than the tolerance. @returns sweeps left */
function settle(s: ColumnSettings, { own, slope, small, size, capacity }: ColumnRoom, left: number): number {
  while (left > 0) {
    left--;
    let moved = 0;
    for (let a = 0; a < size; a++) {
      const row = a * capacity;
      const g = small[row + a]!;
      const before = own[a]!;
      const wish = (slope[a]! + g * before - s.l1) / (g + s.l2);
      const change = (wish > 0 ? wish : 0) - before;
      if (change === 0) continue;
      own[a] = before + change;
      for (let b = 0; b < size; b++) slope[b]! -= change * small[row + b]!;
      moved = Math.max(moved, Math.abs(change));
    }
    if (moved <= s.tolerance) break;
  }
  return left;
}

/** Tells all items what the set's weights have changed since. */
function carry(gram: Float32Array, I: number, { rest, set, own, carried, size }: ColumnRoom): void {
  for (let a = 0; a < size; a++) {
    const change = own[a]! - carried[a]!;
    if (change === 0) continue;
    carried[a] = own[a]!;
    const row = set[a]! * I;
    for (let i = 0; i < I; i++) rest[i]! -= change * gram[row + i]!;
  }
}
