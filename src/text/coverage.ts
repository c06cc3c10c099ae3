/** What of a column an encoder can read: empty cells, texts of a word or two, texts in another language than English. */
import { stopWordsOf, STOP_WORD_LISTS } from './stop-words';
import { looksUnspaced, tokenise } from './tokens';

export interface Coverage {
  texts: number;
  empty: number;
  /** Fewer than three words. */
  short: number;
  /** Look like another language than English: a guess from stop words for texts of at least eight words, from the script for shorter ones too. */
  foreign: number;
  /** Texts long enough to guess by. */
  guessed: number;
}
export const SHORT = 3;
const LEAST_WORDS = 8;
/** Words a guess is made from. */
const MOST_WORDS = 200;

const others = STOP_WORD_LISTS.filter((l) => l !== 'none' && l !== 'english').map(stopWordsOf);
const english = stopWordsOf('english');

/** Whether a text holds clearly more stop words of another language than of English, or is mostly in another script. Null where it is too short to tell. */
export function looksForeign(words: readonly string[]): boolean | null {
  if (words.length < LEAST_WORDS) return null;
  const some = words.slice(0, MOST_WORDS);
  const latin = some.filter((w) => /\p{Script=Latin}/u.test(w)).length;
  const letters = some.filter((w) => /\p{L}/u.test(w)).length;
  if (2 * latin < letters) return true;
  const known = (list: ReadonlySet<string>): number => some.filter((w) => list.has(w)).length;
  const own = known(english);
  return others.some((list) => known(list) >= own + 2 && known(list) >= 0.1 * some.length);
}

const LEAST_LETTERS = 4;

/** Whether most letters are not Latin: no word needs to be known for that, which a name in Chinese or Hebrew has few of. */
function inAnotherScript(text: string): boolean {
  const letters = text.slice(0, 400).match(/\p{L}/gu) ?? [];
  return letters.length >= LEAST_LETTERS && 2 * letters.filter((l) => /\p{Script=Latin}/u.test(l)).length < letters.length;
}

export function coverageOf(texts: readonly string[]): Coverage {
  const out: Coverage = { texts: texts.length, empty: 0, short: 0, foreign: 0, guessed: 0 };
  for (const text of texts) {
    if (text.trim() === '') {
      out.empty++;
      continue;
    }
    const words = tokenise(text.slice(0, 4000));
    // A script without spaces gives few long runs, which are not few words: a word there has about two signs.
    if (words.length < SHORT && text.length < (looksUnspaced(words) ? 2 * SHORT : 30)) out.short++;
    const foreign = inAnotherScript(text) || looksForeign(words);
    if (foreign !== null) out.guessed++;
    if (foreign) out.foreign++;
  }
  return out;
}
