/** Softmax over rows, and the losses made of it: a launch forward and one back, a group for each row. */
import { free, launch, make, registerGpuKernel, sizeOf, zeros, type Program } from './launch';
import { orderedProduct } from './product';
import { sumAll } from './sum';
import { reductions } from './wgsl';

const LANES = 64;
const f32 = 'f32' as const;

/** Of row `at` of x, D wide: its largest number and Σ e^(x − largest). */
const facts = (x: string): string => `${reductions(LANES)}
struct Facts { top: f32, sum: f32 }
fn factsOf(at: u32, D: u32, lane: u32) -> Facts {
  var top = -3.4e38;
  for (var c = lane; c < D; c += ${LANES}u) { top = max(top, ${x}[at + c]); }
  top = largest(lane, top);
  var s = 0.0;
  for (var c = lane; c < D; c += ${LANES}u) { s += exp(${x}[at + c] - top); }
  return Facts(top, total(lane, s));
}`;

const SOFTMAX: Program = {
  name: 'Softmax', writes: { y: f32 }, reads: { x: f32 }, uniforms: { D: 'u32' }, lanes: LANES,
  code: `${facts('x')}
fn run(group: u32, lane: u32) {
  let at = group * u.D;
  let f = factsOf(at, u.D, lane);
  for (var c = lane; c < u.D; c += ${LANES}u) { y[at + c] = exp(x[at + c] - f.top) / f.sum; }
}`,
};
const SOFTMAX_BACK: Program = {
  name: 'SoftmaxGrad', writes: { dx: f32 }, reads: { y: f32, dy: f32 }, uniforms: { D: 'u32' }, lanes: LANES,
  code: `${reductions(LANES)}
fn run(group: u32, lane: u32) {
  let at = group * u.D;
  var s = 0.0;
  for (var c = lane; c < u.D; c += ${LANES}u) { s += y[at + c] * dy[at + c]; }
  s = total(lane, s);
  for (var c = lane; c < u.D; c += ${LANES}u) { dx[at + c] = y[at + c] * (dy[at + c] - s); }
}`,
};
registerGpuKernel('ColdwaveSoftmax', (gpu, { x }) => {
  const y = make(gpu, x!.shape);
  const D = x!.shape.at(-1)!;
  launch(gpu, SOFTMAX, { x, y }, { D }, D && sizeOf(y.shape) / D);
  return y;
});
registerGpuKernel('ColdwaveSoftmaxGrad', (gpu, { y, dy }) => {
  const dx = make(gpu, y!.shape);
  const D = y!.shape.at(-1)!;
  launch(gpu, SOFTMAX_BACK, { y, dy, dx }, { D }, D && sizeOf(dx.shape) / D);
  return dx;
});

/** Logits of rows from `u.first` on become the gradient by them of the mean over u.n rows of −ln softmax at the target; losses by rows. */
const CROSS_ENTROPY: Program = {
  name: 'CrossEntropyRows', writes: { x: f32, losses: f32 }, reads: { goal: 'i32' }, uniforms: { I: 'u32', n: 'u32', first: 'u32' }, lanes: LANES,
  code: `${facts('x')}
fn run(group: u32, lane: u32) {
  let at = group * u.I;
  let own = u32(goal[u.first + group]);
  let logit = x[at + own];
  let f = factsOf(at, u.I, lane);
  storageBarrier(); // who holds the target's number changes it below: all have read it by then
  let scale = 1.0 / (f.sum * f32(u.n));
  for (var c = lane; c < u.I; c += ${LANES}u) { x[at + c] = exp(x[at + c] - f.top) * scale - select(0.0, 1.0 / f32(u.n), c == own); }
  if (lane == 0u) { losses[u.first + group] = log(f.sum) + f.top - logit; }
}`,
};
/** Outputs the loss (a scalar), dH [n, D] and dW [I, D]: four launches a block of rows, each block's dW added to that of those before. */
registerGpuKernel('ColdwaveSoftmaxCrossEntropy', (gpu, { h, W, target }, { block }) => {
  const [n, D] = h!.shape as [number, number];
  const I = W!.shape[0]!;
  if (n * D * I === 0) return [zeros(gpu, []), zeros(gpu, [n, D]), zeros(gpu, [I, D])];
  const R = Math.max(1, Math.min(n, Math.floor((block as number) / I)));
  const [dH, dW, losses, logits] = [make(gpu, [n, D]), make(gpu, [I, D]), make(gpu, [n]), make(gpu, [R, I])];
  for (let from = 0; from < n; from += R) {
    const rows = Math.min(R, n - from);
    const hidden = { t: h!, at: from * D, row: D, column: 1 };
    orderedProduct(gpu, hidden, { t: W!, row: 1, column: D }, { t: logits }, rows, I, D);
    launch(gpu, CROSS_ENTROPY, { x: logits, losses, goal: target }, { I, n, first: from }, rows);
    orderedProduct(gpu, { t: logits, row: I, column: 1 }, { t: W!, row: D, column: 1 }, { t: dH, at: from * D }, rows, D, I);
    orderedProduct(gpu, { t: logits, row: 1, column: I }, hidden, { t: dW, onTop: from > 0 }, I, D, rows);
  }
  const loss = sumAll(gpu, losses, 1 / n);
  free(gpu, losses, logits);
  return [loss, dH, dW];
});

/** Negative multinomial log-likelihood by rows and its gradient. A lane changes only the columns it wrote, so entries need no order of their own. */
const MULTINOMIAL: Program = {
  name: 'MultinomialRows', writes: { dx: f32, losses: f32 }, reads: { logits: f32, start: 'i32', index: 'i32', value: f32 }, uniforms: { I: 'u32', B: 'u32' }, lanes: LANES,
  code: `${facts('logits')}
fn run(group: u32, lane: u32) {
  let at = group * u.I;
  let begin = start[group];
  let end = start[group + 1u];
  let f = factsOf(at, u.I, lane);
  let norm = f.top + log(f.sum);
  var weight = 0.0;
  var loss = 0.0;
  for (var e = begin + i32(lane); e < end; e += ${LANES}) {
    weight += value[e];
    loss += value[e] * (norm - logits[at + u32(index[e])]);
  }
  weight = total(lane, weight);
  loss = total(lane, loss);
  let scale = weight / (f.sum * f32(u.B));
  for (var c = lane; c < u.I; c += ${LANES}u) { dx[at + c] = exp(logits[at + c] - f.top) * scale; }
  for (var e = begin; e < end; e++) {
    let c = u32(index[e]);
    if (c % ${LANES}u == lane) { dx[at + c] -= value[e] / f32(u.B); }
  }
  if (lane == 0u) { losses[group] = loss; }
}`,
};
/** Outputs the loss (a scalar) and its gradient by the logits [B, I]. */
registerGpuKernel('ColdwaveMultinomialLoss', (gpu, { logits, start, index, value }) => {
  const [B, I] = logits!.shape as [number, number];
  if (index!.shape[0] === 0) return [zeros(gpu, []), zeros(gpu, [B, I])];
  const [dx, losses] = [make(gpu, [B, I]), make(gpu, [B])];
  launch(gpu, MULTINOMIAL, { dx, losses, logits, start, index, value }, { I, B }, B);
  const loss = sumAll(gpu, losses, 1 / B);
  free(gpu, losses);
  return [loss, dx];
});
