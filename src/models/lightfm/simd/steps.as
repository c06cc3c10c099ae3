// Runs of LightFM steps, float64, two factors at a time. The arithmetic is that of steps.ts in the same order: both ways give the same bits.
// A row of factors takes `row` bytes, a multiple of 32; its padding is zero and stays zero, for every gradient there is a multiple of zero.

// Curves that need an exponential come from outside: no two machines' own agree to the last bit, and the twin must.
// @ts-ignore: decorator
@external('curves', 'sigmoid')
declare function sigmoid(x: f64): f64;
// @ts-ignore: decorator
@external('curves', 'softplusOfMinus')
declare function softplusOfMinus(x: f64): f64;

/** One side's feature rows (compressed) and what is learned per feature: addresses. */
@unmanaged
class Side {
  start: usize;
  index: usize;
  value: usize;
  embedding: usize;
  embeddingSquares: usize;
  bias: usize;
  biasSquares: usize;
}
@unmanaged
class Job {
  rate: f64;
  regularisation: f64;
  users: Side;
  items: Side;
  row: i32;
  itemCount: u32;
  /** Play n is of user userOf[n] and item itemOf[n]. */
  userOf: usize;
  itemOf: usize;
  likedPlay: usize; // bytes: 1 where play n is liked
  likedPlays: usize; // numbers of the liked plays
  likedCount: u32;
  /** Liked items of each user, ascending. */
  knownStart: usize;
  known: usize;
  words: usize; // state of the generator
  p: usize; // room for one row each
  q: usize;
  n: usize;
  g: usize;
  weights: usize; // WARP weight by number of tries
  tries: i32;
  adagrad: i32;
  patience: i32;
}

let row: usize = 0;
let rate: f64 = 0;
let pull: f64 = 0;
let adagrad: bool = false;

let w0: u32 = 0;
let w1: u32 = 0;
let w2: u32 = 0;
let w3: u32 = 0;

function open(job: Job): void {
  row = <usize>job.row;
  rate = job.rate;
  pull = job.regularisation;
  adagrad = job.adagrad != 0;
  w0 = load<u32>(job.words);
  w1 = load<u32>(job.words, 4);
  w2 = load<u32>(job.words, 8);
  w3 = load<u32>(job.words, 12);
}
function close(job: Job): void {
  store<u32>(job.words, w0);
  store<u32>(job.words, w1, 4);
  store<u32>(job.words, w2, 8);
  store<u32>(job.words, w3, 12);
}

/** xoshiro128**, as src/core/random.ts. */
// @ts-ignore: decorator
@inline
function word(): u32 {
  const result = rotl<u32>(w1 * 5, 7) * 9;
  const t = w1 << 9;
  w2 ^= w0;
  w3 ^= w1;
  w1 ^= w2;
  w0 ^= w3;
  w2 ^= t;
  w3 = rotl<u32>(w3, 11);
  return result;
}
/** The largest multiple of n that 32 bits hold, less one: a word above it is drawn again. */
// @ts-ignore: decorator
@inline
function lastFair(n: u32): u32 {
  return <u32>(0xffffffff - 0x100000000 % <u64>n);
}
// @ts-ignore: decorator
@inline
function below(n: u32, last: u32): u32 {
  let x = word();
  while (x > last) x = word();
  return x % n;
}

// @ts-ignore: decorator
@inline
function int(array: usize, n: u32): u32 {
  return load<u32>(array + (<usize>n << 2));
}
// @ts-ignore: decorator
@inline
function real(array: usize, n: u32): f64 {
  return load<f64>(array + (<usize>n << 3));
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize): f64 {
  let s = f64x2.splat(0);
  let t = s;
  for (let d: usize = 0; d < row; d += 32) {
    s = f64x2.add(s, f64x2.mul(v128.load(a + d), v128.load(b + d)));
    t = f64x2.add(t, f64x2.mul(v128.load(a + d, 16), v128.load(b + d, 16)));
  }
  const u = f64x2.add(s, t);
  return f64x2.extract_lane(u, 0) + f64x2.extract_lane(u, 1);
}

/** The one feature of weight 1 that row e consists of, or −1. */
// @ts-ignore: decorator
@inline
function only(side: Side, e: u32): i32 {
  const k = int(side.start, e);
  return int(side.start, e + 1) - k == 1 && real(side.value, k) == 1 ? <i32>int(side.index, k) : -1;
}

/** Where the vector of row e stands: the embedding itself where the row is one feature of weight 1, else the sum in `out`. */
function vector(side: Side, e: u32, out: usize): usize {
  const one = only(side, e);
  if (one >= 0) return side.embedding + <usize>one * row;
  memory.fill(out, 0, row);
  const end = int(side.start, e + 1);
  for (let k = int(side.start, e); k < end; k++) {
    const E = side.embedding + <usize>int(side.index, k) * row;
    const v = f64x2.splat(real(side.value, k));
    for (let d: usize = 0; d < row; d += 16) v128.store(out + d, f64x2.add(v128.load(out + d), f64x2.mul(v, v128.load(E + d))));
  }
  return out;
}
function biasOf(side: Side, e: u32): f64 {
  let sum: f64 = 0;
  const end = int(side.start, e + 1);
  for (let k = int(side.start, e); k < end; k++) sum += real(side.value, k) * real(side.bias, int(side.index, k));
  return sum;
}

/** Score of item j for the user of vector p. */
// @ts-ignore: decorator
@inline
function rival(items: Side, j: u32, p: usize, userBias: f64): f64 {
  let sum = userBias;
  const end = int(items.start, j + 1);
  for (let k = int(items.start, j); k < end; k++) {
    const f = int(items.index, k);
    sum += real(items.value, k) * (real(items.bias, f) + dot(p, items.embedding + <usize>f * row));
  }
  return sum;
}

/** Whether user u likes item j (binary search). */
function likes(job: Job, u: u32, j: u32): bool {
  let low = <i32>int(job.knownStart, u);
  let high = <i32>int(job.knownStart, u + 1) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = int(job.known, middle);
    if (at == j) return true;
    if (at < j) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function moveBias(side: Side, f: u32, g: f64): void {
  const at = <usize>f << 3;
  const b = load<f64>(side.bias + at);
  if (adagrad) {
    const squares = load<f64>(side.biasSquares + at);
    store<f64>(side.bias + at, b - (rate / sqrt(squares)) * (g + pull * b));
    store<f64>(side.biasSquares + at, squares + g * g);
  } else {
    store<f64>(side.bias + at, b - rate * (g + pull * b));
  }
}
/** Two numbers of an embedding by gradient g. */
// @ts-ignore: decorator
@inline
function moveTwo(E: usize, G: usize, x: v128, g: v128): void {
  const change = f64x2.add(g, f64x2.mul(f64x2.splat(pull), x));
  if (adagrad) {
    const squares = v128.load(G);
    v128.store(E, f64x2.sub(x, f64x2.mul(f64x2.div(f64x2.splat(rate), f64x2.sqrt(squares)), change)));
    v128.store(G, f64x2.add(squares, f64x2.mul(g, g)));
  } else {
    v128.store(E, f64x2.sub(x, f64x2.mul(f64x2.splat(rate), change)));
  }
}
/** Moves every feature of row e: embeddings by weight · scale · v, biases by weight · biasGradient. */
function move(side: Side, e: u32, scale: f64, v: usize, biases: bool, biasGradient: f64): void {
  const end = int(side.start, e + 1);
  for (let k = int(side.start, e); k < end; k++) {
    const f = int(side.index, k);
    const weight = real(side.value, k);
    if (biases) moveBias(side, f, weight * biasGradient);
    const E = side.embedding + <usize>f * row;
    const G = side.embeddingSquares + <usize>f * row;
    const c = f64x2.splat(weight * scale);
    for (let d: usize = 0; d < row; d += 16) moveTwo(E + d, G + d, v128.load(E + d), f64x2.mul(c, v128.load(v + d)));
  }
}

/** The pair (i over j) with weight w; p, q and n are the vectors of u, i and j. */
function pair(job: Job, u: u32, i: u32, j: u32, p: usize, q: usize, n: usize, w: f64): void {
  const users = job.users;
  const items = job.items;
  const a = only(users, u);
  const b = only(items, i);
  const c = only(items, j);
  const plus = f64x2.splat(w);
  const minus = f64x2.splat(-w);
  if (a >= 0 && b >= 0 && c >= 0 && b != c) {
    // Three different rows: what each becomes depends on none of the others' new values, so one pass moves all.
    moveBias(items, b, -w);
    moveBias(items, c, w);
    if (adagrad) moveBias(users, a, w);
    const P = users.embeddingSquares + <usize>a * row;
    const Q = items.embeddingSquares + <usize>b * row;
    const N = items.embeddingSquares + <usize>c * row;
    for (let d: usize = 0; d < row; d += 16) {
      const x = v128.load(p + d);
      const y = v128.load(q + d);
      const z = v128.load(n + d);
      moveTwo(q + d, Q + d, y, f64x2.mul(minus, x));
      moveTwo(n + d, N + d, z, f64x2.mul(plus, x));
      moveTwo(p + d, P + d, x, f64x2.mul(plus, f64x2.sub(z, y)));
    }
    return;
  }
  const g = job.g;
  for (let d: usize = 0; d < row; d += 16) v128.store(g + d, f64x2.sub(v128.load(n + d), v128.load(q + d)));
  move(items, i, -w, p, true, -w);
  move(items, j, w, p, true, w);
  move(users, u, w, g, adagrad, w);
}

/** Plays order[from … to − 1], one after the other. @returns sum + their losses, added one after the other */
export function warp(job: Job, order: usize, from: i32, to: i32, sum: f64): f64 {
  open(job);
  const items = job.items;
  const tries = job.tries;
  const I = job.itemCount;
  const last = lastFair(I);
  for (let at = from; at < to; at++) {
    const play = int(order, at);
    const u = int(job.userOf, play);
    const i = int(job.itemOf, play);
    const userBias = biasOf(job.users, u);
    const p = vector(job.users, u, job.p);
    const q = vector(items, i, job.q);
    const s = biasOf(items, i) + userBias + dot(p, q);
    for (let t = 1; t <= tries; t++) {
      const j = below(I, last);
      const r = rival(items, j, p, userBias);
      // A known item counts as a try.
      if (r <= s - 1 || likes(job, u, j)) continue;
      const w = real(job.weights, t);
      pair(job, u, i, j, p, q, vector(items, j, job.n), w);
      sum += w * (1 - s + r);
      break;
    }
  }
  close(job);
  return sum;
}

/** As warp; the rival is the item of a liked play, drawn until the user does not like it, or once only with plain SGD. */
export function bpr(job: Job, order: usize, from: i32, to: i32, sum: f64): f64 {
  open(job);
  const items = job.items;
  const draws = adagrad ? job.patience : 1;
  const last = lastFair(job.likedCount);
  for (let at = from; at < to; at++) {
    const play = int(order, at);
    const u = int(job.userOf, play);
    const i = int(job.itemOf, play);
    for (let t = 0; t < draws; t++) {
      const j = int(job.itemOf, int(job.likedPlays, below(job.likedCount, last)));
      if (likes(job, u, j)) continue;
      const userBias = biasOf(job.users, u);
      const p = vector(job.users, u, job.p);
      const q = vector(items, i, job.q);
      const ahead = biasOf(items, i) + userBias + dot(p, q) - rival(items, j, p, userBias);
      pair(job, u, i, j, p, q, vector(items, j, job.n), sigmoid(-ahead));
      sum += softplusOfMinus(ahead);
      break;
    }
  }
  close(job);
  return sum;
}

/** As warp; every play is a yes or a no. */
export function logistic(job: Job, order: usize, from: i32, to: i32, sum: f64): f64 {
  open(job);
  const users = job.users;
  const items = job.items;
  for (let at = from; at < to; at++) {
    const play = int(order, at);
    const u = int(job.userOf, play);
    const i = int(job.itemOf, play);
    const yes = load<u8>(job.likedPlay + play) != 0;
    const p = vector(users, u, job.p);
    let q = vector(items, i, job.q);
    const s = biasOf(items, i) + biasOf(users, u) + dot(p, q);
    const g = sigmoid(s) - (yes ? 1 : 0);
    // The user moves by the item as it was.
    if (q != job.q) memory.copy(job.q, q, row);
    q = job.q;
    move(items, i, g, p, true, g);
    move(users, u, g, q, adagrad, g);
    sum += softplusOfMinus(yes ? s : -s);
  }
  return sum;
}
