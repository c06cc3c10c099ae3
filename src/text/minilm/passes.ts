/** Many texts through one or several copies of the model: who encodes what, how far it is, and what becomes of it when a copy fails. */
import type { Encoded, EncodeProgress } from '../encoder';

/** Word pieces of texts. */
export type Pieces = readonly (readonly number[])[];
/** A copy of the model. */
export interface Copy {
  /** [B, dim] */
  encode(pieces: Pieces): Promise<Float32Array> | Float32Array;
  /** Passes it is given at once: more than one where the next must lie ready while an answer is fetched. */
  ahead: number;
}
interface Pass {
  rows: number[];
  pieces: number[][];
}

/** Word pieces in one pass. */
const PASS = 256;
/** Texts cut into word pieces at once. */
const CUT = 64;
/** Milliseconds after which the event loop gets a turn, so that Stop is heard. */
const BREATH = 120;

/**
 * Empty texts are left out and counted: the network itself would answer them like any other.
 * @param copies the first is in this thread; what another fails at, it does
 * @param cut texts to word pieces, at least one each and at most 256
 */
export async function encodeInPasses(
  texts: readonly string[], dim: number, cut: (texts: string[]) => number[][], copies: readonly [Copy, ...Copy[]],
  onProgress?: (p: EncodeProgress) => void, signal?: AbortSignal,
): Promise<Encoded> {
  const filled = [...texts.keys()].filter((k) => texts[k]!.trim() !== '');
  const work = filled.reduce((sum, k) => sum + cost(texts[k]!), 0);
  const vectors = new Float32Array(texts.length * dim); // [texts, dim]
  const ready: Pass['pieces'] = [];
  const again: Pass[] = [];
  let taken = 0;
  let done = 0;
  let spent = 0;
  let breathed = performance.now();

  const next = (): Pass | undefined => {
    if (again.length > 0) return again.pop();
    const pass: Pass = { rows: [], pieces: [] };
    for (let room = PASS; taken < filled.length; taken++) {
      if (ready.length === 0) ready.push(...cut(filled.slice(taken, taken + CUT).map((k) => texts[k]!)));
      room -= ready[0]!.length;
      if (room < 0 && pass.rows.length > 0) break;
      pass.rows.push(filled[taken]!);
      pass.pieces.push(ready.shift()!);
    }
    return pass.rows.length > 0 ? pass : undefined;
  };
  const lane = async (copy: Copy): Promise<void> => {
    for (let pass = next(); pass; pass = next()) {
      if (performance.now() - breathed > BREATH) {
        await new Promise((resolve) => setTimeout(resolve));
        breathed = performance.now();
      }
      signal?.throwIfAborted();
      let rows: Float32Array;
      try {
        rows = await copy.encode(pass.pieces);
      } catch (error) {
        if (copy === copies[0]) throw error;
        again.push(pass);
        return;
      }
      for (const [b, k] of pass.rows.entries()) {
        vectors.set(rows.subarray(b * dim, (b + 1) * dim), k * dim);
        spent += cost(texts[k]!);
      }
      done += pass.rows.length;
      onProgress?.({ done, total: filled.length, share: spent / work });
    }
  };
  // Lanes of other threads first: the one in this thread does not let go before it has done a pass.
  await Promise.all(copies.toReversed().flatMap((copy) => Array.from({ length: copy.ahead }, () => lane(copy))));
  await lane(copies[0]); // what a copy that failed has left
  signal?.throwIfAborted();
  return { vectors, missing: texts.length - filled.length };
}

/** Characters (cut where the model cuts) and a fixed share for each text. */
const cost = (text: string): number => 24 + Math.min(text.length, 1200);
