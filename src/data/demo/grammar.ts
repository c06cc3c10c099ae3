/** The smallest grammar that serves: pick a template, fill its slots, mend the articles. */
import type { Random } from '../../core/random';
import { SHARED } from './small-talk';

export type Words = Readonly<Record<string, readonly string[]>>;

export function pick<T>(list: readonly T[], random: Random): T {
  return list[random.int(list.length)]!;
}

/** `count` different entries, or all of them where there are fewer. */
export function pickSome<T>(list: readonly T[], count: number, random: Random): T[] {
  const order = random.shuffle(Array.from(list, (_, k) => k));
  return order.slice(0, count).map((k) => list[k]!);
}

/**
 * Fills every {slot} from `own`, else from the shared words; a trailing digit ({name2}) asks for another pick of the same list.
 * A filled word may itself hold a slot.
 * @throws Error naming the slot when no list has it.
 */
export function fill(template: string, own: Words, random: Random): string {
  const text = template.replace(/\{(\w+?)\d?\}/g, (_, slot: string) => {
    const list = own[slot] ?? SHARED[slot];
    if (!list) throw new Error(`The template "${template}" asks for {${slot}}, which no word list has.`);
    return fill(pick(list, random), own, random);
  });
  return mendArticles(text);
}

/** "a eagle" → "an eagle"; words that only look like vowels ("one-eyed", "university", "ukulele") keep "a". */
export const mendArticles = (text: string): string => text.replace(/\b([Aa]) (?=[aeiou])(?!one|uni|use|uk|eu)/gi, '$1n ');

export const capitalise = (text: string): string => text.replace(/^\P{L}*\p{L}/u, (s) => s.toUpperCase());

export const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;
