/** The slow twin: float64 on the tape, attention one sequence and one head at a time. Tests only. */
import type { Node64, Tape64 } from '../../compute/reference/tape';
import type { Architecture } from './network';
import type { Sequences } from './sequences';

type P = (name: string) => Node64;
const EPS = 1e-8;

function attention(t: Tape64, q: Node64, k: Node64, v: Node64, start: Int32Array, heads: number): Node64 {
  const d = q.cols / heads;
  const sequences: Node64[] = [];
  for (let s = 0; s + 1 < start.length; s++) {
    const n = start[s + 1]! - start[s]!;
    if (n === 0) continue;
    const own = Array.from({ length: n }, (_, i) => start[s]! + i);
    const part = (x: Node64, h: number) => t.columns(t.gather(x, own), h * d, (h + 1) * d); // [n, d]
    const earlier = Array.from({ length: n * n }, (_, e) => e % n <= Math.floor(e / n));
    const head = (h: number) => t.matMul(t.softmax(t.affine(t.matMul(part(q, h), t.transpose(part(k, h))), 1 / Math.sqrt(d)), earlier), part(v, h));
    sequences.push(t.concat(Array.from({ length: heads }, (_, h) => head(h))));
  }
  return t.stackRows(sequences);
}

export function twinHidden(t: Tape64, p: P, a: Architecture, s: Sequences): Node64 {
  const norm = (name: string, x: Node64) => t.add(t.mul(t.layerNorm(x, EPS), p(`${name}.gamma`)), p(`${name}.beta`));
  const layer = (name: string, x: Node64) => t.add(t.matMul(x, p(`${name}.W`)), p(`${name}.b`));
  const feed = (b: string, x: Node64) => layer(`${b}.f2`, t.relu(layer(`${b}.f1`, x)));
  const D = p('item').cols;
  let x = t.add(t.affine(t.gather(p('item'), s.items), Math.sqrt(D)), t.gather(p('position'), s.positions));
  for (let k = 0; k < a.blocks; k++) {
    const b = `block${k}`;
    const q = norm(`${b}.ln1`, x);
    const source = a.arrangement === 'preNorm' ? q : x;
    const seen = attention(t, layer(`${b}.q`, q), layer(`${b}.k`, source), layer(`${b}.v`, source), s.start, a.heads);
    if (a.arrangement === 'preNorm') {
      x = t.add(x, layer(`${b}.o`, seen));
      x = t.add(x, feed(b, norm(`${b}.ln2`, x)));
    } else {
      const n = norm(`${b}.ln2`, t.add(q, a.arrangement === 'original' ? seen : layer(`${b}.o`, seen)));
      x = t.add(n, feed(b, n));
    }
  }
  return norm('ln', x);
}

export const twinLogits = (t: Tape64, p: P, hidden: Node64): Node64 => t.matMul(hidden, t.transpose(p('item'))); // [n, I]

export function twinCrossEntropy(t: Tape64, p: P, hidden: Node64, targets: Int32Array): Node64 {
  const logits = twinLogits(t, p, hidden);
  return t.affine(t.mean(t.pick(t.logSoftmax(logits), Array.from(targets, (i, r) => r * logits.cols + i))), -1);
}

export const twinRowLogits = (t: Tape64, p: P, hidden: Node64, items: Int32Array): Node64 => t.sumColumns(t.mul(hidden, t.gather(p('item'), items)));

export const twinBinary = (t: Tape64, p: P, hidden: Node64, targets: Int32Array, negatives: Int32Array): Node64 =>
  t.mean(t.add(t.softplus(t.affine(twinRowLogits(t, p, hidden, targets), -1)), t.softplus(twinRowLogits(t, p, hidden, negatives))));
