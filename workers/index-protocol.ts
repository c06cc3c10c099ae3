/** Calls of the worker that builds indexes of vectors and measures them. */
import type { CurveInput, CurvePoint, IndexCurve } from '../src/retrieval/curve';

export type IndexProgress =
  /** Share of the build that is done; null where the index cannot say. */
  | { kind: 'build'; share: number | null }
  | { kind: 'point'; point: CurvePoint; done: number; total: number };

export type IndexCalls = {
  /** Builds the index, then asks every query at every setting of its dial. */
  curve: [CurveInput, IndexCurve, IndexProgress];
};
