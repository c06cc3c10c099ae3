/** What the explore worker answers. It holds one data set, counted once; filters move the counts (src/data/explore/selection). */
import { countsOf, type Column, type DataSet, type EntityTable, type NumericColumn, type TextColumn } from '../src/core/dataset';
import { loneTable, rowsAsItems, type LoneTable } from '../src/core/lone-table';
import { Problem } from '../src/core/problem';
import { coreFunnel } from '../src/data/explore/core-funnel';
import { dimensionsOf, type CodedDimension } from '../src/data/explore/dimension';
import { longTail } from '../src/data/explore/long-tail';
import { matrixPicture } from '../src/data/explore/matrix-picture';
import { against, correlations, meansByYear, numericColumns } from '../src/data/explore/numeric-relations';
import { arrivals, splitCuts } from '../src/data/explore/over-time';
import { overlapOf } from '../src/data/explore/overlap';
import { quality } from '../src/data/explore/quality';
import { missingIn, tableQuality } from '../src/data/explore/quality-table';
import { createSelection, type Selection } from '../src/data/explore/selection';
import { taggingsByYear, tagsByYear, tagsTogether } from '../src/data/explore/tag-maps';
import { groupings, textPortrait, wordsByGroup } from '../src/data/explore/text-words';
import { yearColumns, type YearColumn } from '../src/data/explore/year-column';
import type { ExploreAsk, ExploreCalls, ExploreSchema } from './protocol';
import type { Handlers } from './rpc';

interface Held {
  key: string;
  /** With the rows of a table alone as items. */
  data: DataSet;
  alone: LoneTable | null;
  dimensions: CodedDimension[];
  selection: Selection;
  years: YearColumn[];
}
let held: Held | null = null;

function of(key: string): Held {
  if (held?.key !== key) throw new Problem('This data set is not open for exploring any more.', {}, 'Open Explore again.');
  return held;
}
/** The data set with exactly these filters in force. */
function selected({ key, filters }: ExploreAsk): Held {
  const h = of(key);
  h.selection.apply(filters);
  return h;
}
function dimensionOf(h: Held, id: string): CodedDimension {
  const d = h.dimensions.find((x) => x.about.id === id);
  if (!d) throw new Problem('There is no such column to count by.', { column: id }, 'Choose another column.');
  return d;
}
function columnOf<K extends Column['kind']>(h: Held, table: 'users' | 'items', name: string, kind: K): Extract<Column, { kind: K }> {
  const c = h.data[table].columns.find((x) => x.name === name && x.kind === kind);
  if (!c) throw new Problem(`There is no ${kind} column of that name.`, { column: name }, 'Choose another column.');
  return c as Extract<Column, { kind: K }>;
}
function yearsOf(h: Held, name: string): YearColumn {
  const found = h.years.find((y) => y.name === name);
  if (!found) throw new Problem('That column holds no years.', { column: name }, `Choose one of: ${h.years.map((y) => y.name).join(', ') || 'none'}.`);
  return found;
}
const selectedOf = (h: Held, table: 'users' | 'items'): Int32Array => (table === 'users' ? h.selection.perUser : h.selection.perItem);

/** Two of one name would be one filter, so the first of each counts. */
const oncePerId = (list: CodedDimension[]): CodedDimension[] => list.filter((d, k) => list.findIndex((o) => o.about.id === d.about.id) === k);

export const handlers: Handlers<ExploreCalls> = {
  open({ key, data: given }) {
    const alone = loneTable(countsOf(given));
    const data = alone ? rowsAsItems(given, alone) : given;
    // Every row of a table alone is as active and as popular as the next.
    const dimensions = oncePerId(dimensionsOf(data)).filter((d) => !alone || !d.about.ofEntities);
    held = { key, data, alone, dimensions, selection: createSelection(data, dimensions), years: yearColumns(data.items) };
    // A date written as text is asked about as a year, not as words.
    const dates = new Set(held.years.map((y) => y.name));
    const texts = (['items', 'users'] as const).flatMap((table) => data[table].columns.filter((c): c is TextColumn => c.kind === 'text' && !dates.has(c.name)).map((c) => ({ table, column: c.name, groupings: groupings(data[table]) })));
    return {
      alone,
      cells: cellsIn(data.items),
      yearSpan: spanOf(held.years[0]),
      dimensions: dimensions.map((d) => d.about),
      counts: held.selection.counts(),
      itemNumbers: numericColumns(data.items).filter(varies).map((c) => c.name),
      years: held.years.map((y) => y.name),
      tagColumns: data.items.columns.filter((c) => c.kind === 'tags' || (c.kind === 'categorical' && c.levels.length <= 60)).map((c) => c.name),
      texts,
      hasFriends: (data.side?.friends?.a.length ?? 0) > 0,
      hasTagDates: (data.side?.tagged?.item.length ?? 0) > 0,
    } satisfies ExploreSchema;
  },

  brush({ key, filters }) {
    const h = of(key);
    const begun = performance.now();
    const unknown = h.selection.apply(filters);
    const counts = h.selection.counts();
    return { counts, users: longTail(h.selection.perUser), items: longTail(h.selection.perItem), unknown, milliseconds: performance.now() - begun };
  },

  matrix(ask, ctx) {
    const h = selected(ask);
    const picture = matrixPicture(h.data, h.selection, { width: ask.width, height: ask.height });
    ctx.transfer([picture.density.buffer as ArrayBuffer]);
    return picture;
  },

  cores(ask) {
    const h = selected(ask);
    return coreFunnel(h.data, ask.filters.length > 0 ? h.selection.has : null);
  },

  time(ask) {
    const h = selected(ask);
    return h.dimensions.some((d) => d.about.id === 'time') ? arrivals(h.data, dimensionOf(h, 'time'), h.selection) : null;
  },

  cuts({ key, spec }) {
    const h = of(key);
    return h.dimensions.some((d) => d.about.id === 'time') ? splitCuts(h.data, dimensionOf(h, 'time'), spec) : null;
  },

  correlations(ask) {
    const h = selected(ask);
    return correlations(numericColumns(h.data.items).filter(varies), h.selection.perItem, h.alone ? null : 'popularity (log)');
  },

  means(ask) {
    const h = selected(ask);
    return meansByYear(numericColumns(h.data.items).filter(varies), yearsOf(h, ask.years), h.selection.perItem);
  },

  against(ask) {
    const h = selected(ask);
    return against(columnOf(h, 'items', ask.column, 'numeric'), ask.other === null ? null : columnOf(h, 'items', ask.other, 'numeric'), h.selection.perItem);
  },

  together(ask) {
    const h = selected(ask);
    return tagsTogether(dimensionOf(h, `items.${ask.column}`), h.selection.perItem);
  },

  tagYears(ask) {
    const h = selected(ask);
    const tagged = h.data.side?.tagged;
    if (ask.years === null) {
      if (!tagged) throw new Problem('This data set does not say when tags were given.', {}, 'Choose a column of years instead.');
      return taggingsByYear(tagged, h.selection.perItem);
    }
    return tagsByYear(dimensionOf(h, `items.${ask.column}`), yearsOf(h, ask.years), h.selection.perItem);
  },

  overlap(ask) {
    const h = selected(ask);
    return overlapOf(h.data, h.selection);
  },

  text(ask) {
    const h = selected(ask);
    return textPortrait(columnOf(h, ask.table, ask.column, 'text'), selectedOf(h, ask.table));
  },

  words(ask) {
    const h = selected(ask);
    return wordsByGroup(columnOf(h, ask.table, ask.column, 'text'), dimensionOf(h, `${ask.table}.${ask.by}`), selectedOf(h, ask.table));
  },

  quality(ask) {
    const { data, alone, selection } = selected(ask);
    const chosenBy = new Set(ask.filters.map((f) => f.dimension));
    if (alone) return tableQuality(data.items, selection.perItem, chosenBy);
    return quality(data, ask.now, ask.filters.length > 0 ? { has: selection.has, perUser: selection.perUser, perItem: selection.perItem, chosenBy } : null);
  },
};

function cellsIn({ columns, ids }: EntityTable): ExploreSchema['cells'] {
  const rows = Int32Array.from(ids, (_, r) => r);
  return { all: columns.length * rows.length, empty: columns.reduce((n, c) => n + missingIn(c, rows), 0) };
}

function spanOf(column: YearColumn | undefined): ExploreSchema['yearSpan'] {
  const years = column?.years.filter((y) => !Number.isNaN(y)).map(Math.floor).sort();
  return column && years?.length ? { column: column.name, from: years[0]!, to: years[years.length - 1]! } : null;
}

function varies(c: NumericColumn): boolean {
  const first = c.values.find((v) => !Number.isNaN(v));
  return first !== undefined && c.values.some((v) => !Number.isNaN(v) && v !== first);
}
