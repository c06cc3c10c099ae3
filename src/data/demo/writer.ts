/** Titles, lyrics and summaries of a song, given what it is about. */
import type { Random } from '../../core/random';
import { capitalise, fill, pick, pickSome, wordCount } from './grammar';
import { FILLER_CLOSES, FILLER_OPENS, FORMS, MOODS, TAILS, VAGUE_TALES, VAGUE_TITLES, VERSIONS } from './small-talk';
import type { Theme } from './themes/theme';
import type { World } from './world';

/** How much each text tells: probabilities, and lyric lines out of `lines`. */
export interface Telling {
  /** The title is about the main theme. */
  title: number;
  /** The title is about some other theme altogether. */
  misleadingTitle: number;
  /** The summary tells the main theme, else a vague tale. */
  summaryMain: number;
  /** The summary hints at the second theme. */
  summarySecond: number;
  /** Couplets of lyrics; the rest of them, `fillerCouplets`, tell nothing. */
  themedLines: number;
  fillerLines: number;
}
const TELLING: Telling = { title: 0.7, misleadingTitle: 0.04, summaryMain: 0.86, summarySecond: 0.25, themedLines: 7, fillerLines: 2 };

export interface SongText {
  title: string;
  lyrics: string;
  summary: string;
}

const MINOR = new Set(['a', 'an', 'the', 'and', 'of', 'on', 'in', 'to', 'for', 'with', 'my', 'me', 'is', 'at', 'by', 'or', 'but', 'not', 'till', 'like', 'from']);

/** "Love song for a rusty van" → "Love Song for a Rusty Van". */
export function titleCase(text: string): string {
  const words = text.split(' ');
  return words.map((w, k) => (k > 0 && k < words.length - 1 && MINOR.has(w) ? w : capitalise(w))).join(' ');
}

export function writeTitle(themes: readonly Theme[], song: SongThemes, taken: Set<string>, random: Random, telling = TELLING): string {
  const told = random.next();
  for (let attempt = 0; attempt < 200; attempt++) {
    let title: string;
    if (told < telling.title) title = fill(pick(themes[song.main]!.titles, random), themes[song.main]!.words, random);
    else if (told < telling.title + telling.misleadingTitle) {
      const other = pick(themes, random);
      title = fill(pick(other.titles, random), other.words, random);
    } else title = fill(pick(VAGUE_TITLES, random), {}, random);
    // The best titles go first; later songs make do with another version of one.
    title = titleCase(attempt < 12 ? title : `${title} ${fill(pick(VERSIONS, random), {}, random)}`);
    if (!taken.has(title.toLowerCase()) && wordCount(title) <= 10) {
      taken.add(title.toLowerCase());
      return title;
    }
  }
  throw new Error('The title grammar ran dry: 200 titles in a row were taken. Add templates or words.');
}

/** Main and second theme of a song with the share of the main one among the two. */
export interface SongThemes {
  main: number;
  second: number;
  /** (0.5, 1). */
  mainShare: number;
}

export function writeLyrics(themes: readonly Theme[], song: SongThemes, random: Random, telling = TELLING): string {
  const main = themes[song.main]!;
  const second = themes[song.second]!;
  // A random rounding, so that the number of lines carries the share without bias.
  const nMain = Math.min(telling.themedLines - 1, Math.floor(telling.themedLines * song.mainShare + random.next()));
  const halves = (n: number): [number, number] => (random.next() < 0.5 ? [Math.ceil(n / 2), Math.floor(n / 2)] : [Math.floor(n / 2), Math.ceil(n / 2)]);
  for (let attempt = 0; attempt < 200; attempt++) {
    const opens: string[] = [];
    const closes: string[] = [];
    const add = (theme: Pick<Theme, 'opens' | 'closes' | 'words'>, n: number) => {
      const [a, b] = halves(n);
      opens.push(...pickSome(theme.opens, a, random).map((t) => fill(t, theme.words, random)));
      closes.push(...pickSome(theme.closes, b, random).map((t) => fill(t, theme.words, random)));
    };
    add(main, nMain);
    add(second, telling.themedLines - nMain);
    add({ opens: FILLER_OPENS, closes: FILLER_CLOSES, words: {} }, telling.fillerLines);
    random.shuffle(opens);
    random.shuffle(closes);
    const lines: string[] = [];
    while (opens.length || closes.length) {
      const open = opens.pop();
      const close = closes.pop();
      lines.push(...[open, close].filter((l) => l !== undefined));
    }
    const text = lines.map(capitalise).join(' / ');
    const words = wordCount(text.replaceAll(' / ', ' '));
    if (words >= 30 && words <= 80) return text;
  }
  throw new Error('The lyrics grammar found no text of 30 to 80 words in 200 attempts.');
}

export function writeSummary(themes: readonly Theme[], song: SongThemes, random: Random, telling = TELLING): string {
  const main = themes[song.main]!;
  const second = themes[song.second]!;
  const tellsMain = random.next() < telling.summaryMain;
  const tellsSecond = random.next() < telling.summarySecond;
  for (let attempt = 0; attempt < 500; attempt++) {
    const form = fill(pick(FORMS, random), { mood: MOODS }, random);
    const tale = tellsMain ? fill(pick(main.tales, random), main.words, random) : fill(pick(VAGUE_TALES, random), {}, random);
    const tails = pickSome(TAILS, 2, random).map((t) => fill(t, {}, random));
    if (tellsSecond) tails[0] = `with ${fill(pick(second.hints, random), second.words, random)}`;
    const text = `${[`${form} ${tale}`, ...tails.slice(0, random.next() < 0.4 ? 2 : 1)].join(', ')}.`;
    const words = wordCount(text);
    if (words >= 20 && words <= 30) return capitalise(text);
  }
  throw new Error('The summary grammar found no text of 20 to 30 words in 500 attempts.');
}

export function writeSongs(themes: readonly Theme[], world: World, random: Random, telling = TELLING): SongText[] {
  const taken = new Set<string>();
  const [titles, lyrics, summaries] = [random.stream('title'), random.stream('lyrics'), random.stream('summary')];
  return world.songs.map((song) => ({
    title: writeTitle(themes, song, taken, titles, telling),
    lyrics: writeLyrics(themes, song, lyrics, telling),
    summary: writeSummary(themes, song, summaries, telling),
  }));
}
