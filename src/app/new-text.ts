/** A text that is in no data set, as the encoder behind a run's vectors sees it: fixed encoders embed it, learned ones apply what they learned. */
import { Problem } from '../core/problem';
import { askLearned, learnerBehind } from './learned-text';
import { probeEncoders, textStore } from './text';
import { baseAddress, textWorker } from './workers';

/** Which vectors: the text they stand for, and who made them. */
export interface TextSource {
  column: string;
  encoder: string;
}
const LEARNED = /^(tfidf|word2vec|lda)/;

/** Why a new text cannot be embedded beside these vectors, in a sentence; null where nothing is known to stand in the way. */
export function whyNotEmbeddable({ encoder }: TextSource): string | null {
  if (encoder.startsWith('own@')) return 'These text vectors were brought from a file: whatever made them is not here, so a new text cannot be embedded.';
  if (LEARNED.test(encoder) && !learnerBehind(encoder)) return 'These text vectors were learned on another device and the settings did not come along, so a new text cannot be embedded. Learn them again on the Text screen.';
  return null;
}

/** @returns [texts, dim]. @throws Problem when the encoder cannot be asked here, or would give other vectors than those in use */
export async function embedNewTexts(texts: string[], source: TextSource, signal?: AbortSignal): Promise<{ dim: number; vectors: Float32Array }> {
  const why = whyNotEmbeddable(source);
  if (why) throw new Problem(why, { column: source.column }, 'Or train with a text that is embedded here.');
  if (learnerBehind(source.encoder)) {
    const found = await askLearned('unseen', source, { unseen: texts }, signal ? { signal } : {});
    if (found.encoder !== source.encoder) {
      throw new Problem('The texts of the items are not those these vectors were learned from, so a new text would get a vector that cannot be compared.', { column: source.column }, 'Learn the vectors again on the Text screen and train with them.');
    }
    return found;
  }
  const { encoders } = await probeEncoders();
  const id = (Object.keys(encoders) as (keyof typeof encoders)[]).find((k) => encoders[k] === source.encoder);
  if (!id) throw new Problem(`The text vectors in use were made by ${source.encoder}, which cannot embed a new text here.`, {}, 'Embed the column with MiniLM on the Text screen and train with those vectors.');
  return (await textWorker.call('embed', { texts, column: 'a new text', encoder: id, base: baseAddress(), allowHub: textStore.getState().allowHub }, signal ? { signal } : {})).vectors;
}

/**
 * The vector of one text; null, with the reason, for one that says nothing to this encoder.
 * @throws Problem when the encoder cannot be asked here
 */
export async function embedOneText(text: string, source: TextSource, signal?: AbortSignal): Promise<{ vector: Float32Array | null; note: string | null }> {
  if (text.trim() === '') return { vector: null, note: `Its ${source.column} is empty, so it plays no part.` };
  const { vectors } = await embedNewTexts([text], source, signal);
  return vectors.some((x) => x !== 0) ? { vector: vectors, note: null } : { vector: null, note: `None of the words of its ${source.column} is known to the encoder, so its text plays no part.` };
}
