/** What a text encoder is. One folder per encoder under src/text; they run in a worker and in Node. */

export interface EncodeProgress {
  /** Texts encoded so far. */
  done: number;
  /** Texts that have anything to encode. */
  total: number;
  /** Share of the work done, 0…1; long texts weigh more than short ones. */
  share: number;
}

export interface Encoded {
  /** [texts, dim], in the order of the texts; each row of length 1, or all zero where the text was empty. */
  vectors: Float32Array;
  /** Texts that were empty (after trimming). */
  missing: number;
}

export interface Encoder {
  /** Name with revision, as in `TextVectors.encoder`: equal names promise comparable vectors. */
  encoder: string;
  dim: number;
  /** Rejects with the signal's reason when cancelled; nothing half-done is returned. */
  embed(texts: readonly string[], onProgress?: (p: EncodeProgress) => void, signal?: AbortSignal): Promise<Encoded>;
}
