/** Colours of the points by what a column says, with a legend that also counts. Values come from the page's tokens and change with the theme. */
import type { Column, EntityTable } from '../../../core/dataset';
import { SLICE_OF } from '../item-words';

export interface LegendEntry {
  label: string;
  colour: string;
  count: number;
  tone?: 'warm' | 'cold' | 'new';
}
export interface Colouring {
  /** Legend entry of each item; −1 = none ("other" or empty). [I] */
  group: Int16Array;
  legend: LegendEntry[];
  /** What the column says of item i, for tables. */
  words(i: number): string;
}

/** Levels with a colour of their own; the rest is "other". */
const MOST = 8;
/** Told apart by common kinds of colour vision and, as far as eight can be, in grey; the legend isolates any of them by a click. */
const LIGHT = ['#17639f', '#c56a00', '#0f766e', '#9b2c6f', '#6a51c7', '#6b7a00', '#b3261e', '#4a4d57'];
const DARK = ['#5aa9f0', '#f2a33a', '#3cc4b2', '#e07ab6', '#a796ff', '#bccb3f', '#ff8a80', '#c3c6d0'];
/** From few to many. */
const RAMP_LIGHT = ['#cfdce8', '#9dbcd8', '#6297c4', '#2f70a8', '#123f6b'];
const RAMP_DARK = ['#263340', '#2f5273', '#3d7cb3', '#6cb0ea', '#c4e3ff'];

export const COLOUR_BY_SLICE = 'slice';
export const COLOUR_BY_POPULARITY = 'popularity';

export interface ColourInput {
  by: string;
  items: EntityTable;
  temperature: Uint8Array | null;
  degree: Int32Array | null;
  dark: boolean;
  token(name: string): string;
}

export function colouring({ by, items, temperature, degree, dark, token }: ColourInput): Colouring {
  const I = items.ids.length;
  if (by === COLOUR_BY_SLICE && temperature) {
    const group = Int16Array.from(temperature);
    const legend = SLICE_OF.map((tone, g) => ({ label: tone === 'new' ? 'strictly new' : tone, colour: token(`--${tone}-fill`), tone, count: group.reduce((n, x) => n + Number(x === g), 0) }));
    return { group, legend, words: (i) => legend[group[i]!]?.label ?? '' };
  }
  if (by === COLOUR_BY_POPULARITY && degree) return ramp(Float64Array.from(degree), dark, 'users');
  const column = items.columns.find((c) => c.name === by);
  if (!column || column.kind === 'text') return { group: new Int16Array(I).fill(-1), legend: [], words: () => '' };
  return column.kind === 'numeric' ? ramp(column.values, dark, '') : byLevel(column, I, dark);
}

function byLevel(column: Extract<Column, { kind: 'categorical' | 'tags' }>, I: number, dark: boolean): Colouring {
  // Of several tags the one most items have would say least, so the first counts, as the source lists it.
  const code = (i: number): number => (column.kind === 'categorical' ? column.codes[i]! : column.offsets[i + 1]! > column.offsets[i]! ? column.codes[column.offsets[i]!]! : -1);
  const counts = new Map<number, number>();
  for (let i = 0; i < I; i++) if (code(i) >= 0) counts.set(code(i), (counts.get(code(i)) ?? 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST);
  const place = new Map(top.map(([c], g) => [c, g]));
  const palette = dark ? DARK : LIGHT;
  return {
    group: Int16Array.from({ length: I }, (_, i) => place.get(code(i)) ?? -1),
    legend: top.map(([c, n], g) => ({ label: column.levels[c]!, colour: palette[g]!, count: n })),
    words: (i) => column.levels[code(i)] ?? '',
  };
}

/** Fifths of the values that are there, by rank, so that a long tail does not take all colours but one. */
function ramp(values: Float64Array, dark: boolean, unit: string): Colouring {
  const there = values.filter((v) => !Number.isNaN(v)).sort();
  const palette = dark ? RAMP_DARK : RAMP_LIGHT;
  const cuts = palette.map((_, g) => there[Math.min(there.length - 1, Math.floor((g * there.length) / palette.length))] ?? 0);
  const groupOf = (v: number): number => {
    if (Number.isNaN(v)) return -1;
    let g = 0;
    while (g + 1 < cuts.length && v >= cuts[g + 1]!) g++;
    return g;
  };
  const group = Int16Array.from(values, groupOf);
  const short = (x: number): string => String(Number(x.toPrecision(4)));
  const legend = palette.map((colour, g) => ({
    label: `${g === 0 ? short(there[0] ?? 0) : `from ${short(cuts[g]!)}`}${unit ? ` ${unit}` : ''}`,
    colour,
    count: group.reduce((n, x) => n + Number(x === g), 0),
  })).filter((e) => e.count > 0);
  const places = [...new Set(group)].filter((g) => g >= 0).sort((a, b) => a - b);
  return { group: group.map((g) => places.indexOf(g)), legend, words: (i) => (Number.isNaN(values[i]!) ? '' : short(values[i]!)) };
}

/** '#rrggbb' → its three bytes. */
export const bytesOf = (hex: string): [number, number, number] => {
  const text = hex.trim();
  const full = text.length === 4 ? `#${text[1]}${text[1]}${text[2]}${text[2]}${text[3]}${text[3]}` : text;
  const n = Number.parseInt(full.slice(1), 16);
  return Number.isNaN(n) ? [128, 128, 128] : [(n >> 16) & 255, (n >> 8) & 255, n & 255];
};
