/** How an item is called on this screen: its label, and a second line of what tells it from others. */
import { labelOf, type EntityTable } from '../../core/dataset';

/** What `Served.temperature` counts. */
export const SLICE_OF = ['warm', 'cold', 'new'] as const;

/** Longer ones are cut in lists; the whole text is the element's title. */
const LONGEST = 90;
/** Letters written from the right, and the marks that turn the direction of writing. */
const TURNS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\p{Bidi_Control}]/u;
/** Cut, and where it would turn the direction of writing set apart, so that the sentence around it reads on as it began. */
export function clip(text: string, most = LONGEST): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return TURNS.test(short) ? `\u2068${short}\u2069` : short;
}

export const itemLabel = (items: EntityTable, i: number): string => labelOf(items, i);

/** The first two labels that are not the name itself: an artist, a genre. No label twice: a top tag is often the first tag too. */
export function secondLine(items: EntityTable, i: number): string {
  const parts: string[] = [];
  for (const c of items.columns) {
    if (parts.length === 2) break;
    if (c.name === items.label) continue;
    const labels = c.kind === 'categorical' ? c.codes.slice(i, i + 1) : c.kind === 'tags' ? c.codes.slice(c.offsets[i]!, c.offsets[i + 1]!) : [];
    for (const code of labels) {
      const level = code < 0 ? undefined : c.kind === 'categorical' || c.kind === 'tags' ? c.levels[code] : undefined;
      if (level === undefined || parts.includes(level)) continue;
      parts.push(level);
      break; // one label of each column
    }
  }
  return parts.map((p) => clip(p, 40)).join(' · ');
}

/** A score in few digits, whatever scale the model has. */
export function score(x: number): string {
  if (!Number.isFinite(x)) return '–';
  const size = Math.abs(x);
  const text = size !== 0 && (size < 0.001 || size >= 1e5) ? size.toExponential(2) : size.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3).replace(/^0\./, '.');
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}
