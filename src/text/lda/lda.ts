/**
 * Latent Dirichlet allocation by online variational Bayes (Hoffman, Blei & Bach 2010). D documents, T terms, K topics.
 * λ [K, T] is the topics' Dirichlet, γ [D, K] the documents'; α and β are the symmetric priors.
 */
import { Problem } from '../../core/problem';
import { digamma, lnGamma } from '../../math/digamma';
import type { Csr } from '../../math/csr';

export interface LdaModel {
  topics: number;
  terms: number;
  alpha: number;
  beta: number;
  lambda: Float64Array; // [K, T]
}
export interface EStepLimits {
  /** Updates of one document's γ at most. */
  iterations: number;
  /** A document is done when its γ moves less than this on average. */
  tolerance: number;
}
const E_STEP: EStepLimits = { iterations: 100, tolerance: 1e-3 };
const EPS = 2 ** -52;

/** exp(E[ln β_kt]) as [T, K]: a term's K numbers lie together, which is how documents read them. */
export function expectedTopics({ topics: K, terms: T, lambda }: LdaModel): Float64Array {
  const out = new Float64Array(T * K);
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let t = 0; t < T; t++) sum += lambda[k * T + t]!;
    const base = digamma(sum);
    for (let t = 0; t < T; t++) out[t * K + k] = Math.exp(digamma(lambda[k * T + t]!) - base);
  }
  return out;
}

/**
 * Fits γ of the documents from…to to fixed topics, each from γ = 1, and adds their share to `statistics` where given.
 * A document without terms ends at γ = α.
 */
export class Documents {
  private readonly theta: Float64Array; // exp(E[ln θ]), [K]
  private readonly next: Float64Array; // [K]

  constructor(
    private readonly counts: Csr, // [D, T]
    private readonly alpha: number,
    private readonly topics: number,
    private readonly limits: EStepLimits = E_STEP,
  ) {
    this.theta = new Float64Array(topics);
    this.next = new Float64Array(topics);
  }

  /** γ of document d into `gamma` [K]. @returns updates made */
  infer(d: number, B: Float64Array, gamma: Float64Array): number {
    const { counts: { start, index, value }, theta, next, topics: K, alpha } = this;
    gamma.fill(1);
    this.expectation(gamma);
    for (let n = 1; ; n++) {
      next.fill(0);
      for (let e = start[d]!; e < start[d + 1]!; e++) {
        const at = index[e]! * K;
        let norm = EPS;
        for (let k = 0; k < K; k++) norm += theta[k]! * B[at + k]!;
        const share = value[e]! / norm;
        for (let k = 0; k < K; k++) next[k] = next[k]! + share * B[at + k]!;
      }
      let moved = 0;
      for (let k = 0; k < K; k++) {
        const g = alpha + theta[k]! * next[k]!;
        moved += Math.abs(g - gamma[k]!);
        gamma[k] = g;
      }
      this.expectation(gamma);
      if (moved / K < this.limits.tolerance || n >= this.limits.iterations) return n;
    }
  }

  /** statistics[t, k] += θ_k B_tk n_dt / Σ_j θ_j B_tj with the θ that `infer` left. statistics: [T, K] */
  addTo(d: number, B: Float64Array, statistics: Float64Array): void {
    const { counts: { start, index, value }, theta, topics: K } = this;
    for (let e = start[d]!; e < start[d + 1]!; e++) {
      const at = index[e]! * K;
      let norm = EPS;
      for (let k = 0; k < K; k++) norm += theta[k]! * B[at + k]!;
      const share = value[e]! / norm;
      for (let k = 0; k < K; k++) statistics[at + k] = statistics[at + k]! + share * theta[k]! * B[at + k]!;
    }
  }

  private expectation(gamma: Float64Array): void {
    let sum = 0;
    for (let k = 0; k < this.topics; k++) sum += gamma[k]!;
    const base = digamma(sum);
    for (let k = 0; k < this.topics; k++) this.theta[k] = Math.exp(digamma(gamma[k]!) - base);
  }
}

/** λ ← (1 − ρ) λ + ρ (β + scale · statistics); ρ = 1 and scale = 1 is the batch step. statistics: [T, K] */
export function mStep({ topics: K, terms: T, beta, lambda }: LdaModel, statistics: Float64Array, rho: number, scale: number): void {
  for (let k = 0; k < K; k++) for (let t = 0; t < T; t++) lambda[k * T + t] = (1 - rho) * lambda[k * T + t]! + rho * (beta + scale * statistics[t * K + k]!);
}

/** ρ of the t-th update, t from 1: (offset + t)^−decay. */
export const learningRate = (t: number, offset: number, decay: number): number => (offset + t) ** -decay;

/**
 * The evidence lower bound of the documents with given γ, topics' own terms included (Hoffman et al., eq. 3).
 * Perplexity is exp(−bound / words).
 */
export function bound(model: LdaModel, counts: Csr, gamma: Float64Array): number {
  const { topics: K, terms: T, alpha, beta, lambda } = model;
  const theta = expectedLogs(gamma, counts.rows, K);
  const topic = expectedLogs(lambda, K, T);
  const term = new Float64Array(K);
  let score = 0;
  for (let d = 0; d < counts.rows; d++) {
    for (let e = counts.start[d]!; e < counts.start[d + 1]!; e++) {
      let most = -Infinity;
      for (let k = 0; k < K; k++) {
        term[k] = theta[d * K + k]! + topic[k * T + counts.index[e]!]!;
        most = Math.max(most, term[k]!);
      }
      let sum = 0;
      for (let k = 0; k < K; k++) sum += Math.exp(term[k]! - most);
      score += counts.value[e]! * (Math.log(sum) + most);
    }
  }
  return score + priorTerm(alpha, gamma, theta, counts.rows, K) + priorTerm(beta, lambda, topic, K, T);
}

/** @throws Problem where the documents hold no word that the topics know */
export function perplexity(model: LdaModel, counts: Csr, gamma: Float64Array): number {
  let words = 0;
  for (const v of counts.value) words += v;
  if (words === 0) throw new Problem('Perplexity is a figure per word, and these documents hold none that the topics know.', {}, 'Give documents with at least one known word.');
  return Math.exp(-bound(model, counts, gamma) / words);
}

/** E[ln x] under each row's Dirichlet: ψ(x) − ψ(Σx). */
function expectedLogs(x: Float64Array, rows: number, cols: number): Float64Array {
  const out = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) sum += x[r * cols + c]!;
    const base = digamma(sum);
    for (let c = 0; c < cols; c++) out[r * cols + c] = digamma(x[r * cols + c]!) - base;
  }
  return out;
}

/** E[ln p(x | prior)] − E[ln q(x)] summed over rows. */
function priorTerm(prior: number, x: Float64Array, logs: Float64Array, rows: number, cols: number): number {
  let total = rows * (lnGamma(prior * cols) - cols * lnGamma(prior));
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let c = 0; c < cols; c++) {
      const v = x[r * cols + c]!;
      sum += v;
      total += (prior - v) * logs[r * cols + c]! + lnGamma(v);
    }
    total -= lnGamma(sum);
  }
  return total;
}
