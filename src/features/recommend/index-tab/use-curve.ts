/** Vectors → index → curve, in the index worker; what has been measured so far is shown while it goes on. */
import { useEffect, useRef, useState } from 'react';
import { indexWorker } from '../../../app/index-search';
import type { Served } from '../../../app/serve';
import { held } from '../../../app/workspace';
import { wordsOf } from '../../../core/problem';
import { createRandom } from '../../../core/random';
import { toUnitRows } from '../../../math/standardise';
import type { CurveInput, CurvePoint, IndexCurve, IndexPlan } from '../../../retrieval/curve';

/** Own queries asked at every setting. */
export const QUERIES = 100;

export interface Vectors {
  items: Float32Array; // [n, dim]
  dim: number;
  /** Where users and items are in one space; null otherwise. */
  users: Float32Array | null;
}
export type VectorsState = { source: string; vectors: Vectors } | { source: string; problem: string } | null;

async function read(source: string, served: Served | null): Promise<Vectors | null> {
  const text = held.vectors.get(source);
  // Text is compared by cosine: rows of length 1.
  if (text) return { items: toUnitRows(text.vectors.slice(), text.dim), dim: text.dim, users: null };
  if (!served) return null;
  const { items, users } = await served.vectors();
  return { items: items.data, dim: items.cols, users: users.cols === items.cols && users.rows > 0 ? users.data : null };
}

/** The vectors of a run or a text column. */
export function useVectors(source: string | null, served: Served | null): VectorsState {
  const [state, setState] = useState<VectorsState>(null);
  useEffect(() => {
    if (source === null) return;
    let wanted = true;
    read(source, served).then(
      (vectors) => wanted && vectors && setState({ source, vectors }),
      (error: unknown) => wanted && setState({ source, problem: wordsOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [source, served]);
  return state?.source === source ? state : null;
}

/** The queries: users where there are any, else items, each not counted as its own neighbour. Rows without a vector ask nothing. */
function queriesOf({ items, users, dim }: Vectors): Pick<CurveInput, 'queries' | 'self'> {
  const from = users ?? items;
  const filled: number[] = [];
  for (let r = 0; r < from.length / dim; r++) if (from.subarray(r * dim, (r + 1) * dim).some((x) => x !== 0)) filled.push(r);
  const picked = createRandom(1, 'index queries').shuffle(Int32Array.from(filled)).slice(0, QUERIES);
  const queries = new Float32Array(picked.length * dim);
  picked.forEach((r, q) => queries.set(from.subarray(r * dim, (r + 1) * dim), q * dim));
  return { queries, self: users ? null : picked };
}

export interface CurveState {
  working: { label: string; value: number | null } | null;
  /** Measured so far. */
  points: CurvePoint[];
  curve: IndexCurve | null;
  problem: string | null;
}
const NOTHING: CurveState = { working: null, points: [], curve: null, problem: null };

export function useCurve() {
  const [state, setState] = useState<CurveState>(NOTHING);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new DOMException('Left.', 'AbortError')), []);
  const stop = (): void => running.current?.abort(new DOMException('Stopped.', 'AbortError'));
  const run = async (vectors: Vectors, plan: IndexPlan, k: number): Promise<void> => {
    if (running.current) return;
    const abort = new AbortController();
    running.current = abort;
    const mine = (change: (s: CurveState) => CurveState): void => {
      if (running.current === abort) setState(change);
    };
    setState({ ...NOTHING, working: { label: 'Building the index', value: null } });
    try {
      const items = vectors.items.slice();
      const input = { items, dim: vectors.dim, ...queriesOf(vectors), k, measure: 'dot' as const, plan };
      const curve = await indexWorker.call('curve', input, {
        signal: abort.signal,
        transfer: [items.buffer, input.queries.buffer],
        onProgress: (p) =>
          mine((s) => (p.kind === 'build' ? { ...s, working: { label: 'Building the index', value: p.share } } : { ...s, points: [...s.points, p.point], working: { label: `Asking: setting ${p.done} of ${p.total}`, value: p.done / p.total } })),
      });
      mine(() => ({ ...NOTHING, curve, points: curve.points }));
    } catch (error) {
      mine((s) => ({ ...s, working: null, problem: abort.signal.aborted ? null : wordsOf(error) }));
    } finally {
      if (running.current === abort) running.current = null;
    }
  };
  return { ...state, run, stop };
}
