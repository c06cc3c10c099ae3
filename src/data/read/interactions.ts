/** Rows of (user, item, time, value), from one or more long tables. */
import type { CodedIds } from '../assemble';
import { ByteIds } from './byte-ids';
import type { PlainRows } from './byte-lines';
import { byteText, readByteRows } from './byte-rows';
import { cleanId, createIdColumn, ZERO, growingFloat32, growingFloat64, growingInt32 } from './ids';
import { isAmbiguousNumber, numberStyleOf } from './number-style';
import type { Rejected } from './rejected';
import { readRows, type ReadContext, type Table } from './table';
import { isEmptyValue, parseNumber, parseTime, timeUnitOf } from './values';

export interface InteractionColumns {
  /** Several columns make a composite id, joined by ' / '. */
  user: number[];
  item: number[];
  time: number | null;
  value: number | null;
  /** Item columns standing in the interactions themselves: the first row of each item counts. */
  about: number[];
  /** Compare item ids without regard to case and doubled spaces: for ids made of title and artist. */
  looseItem: boolean;
}

export interface ReadInteractions {
  user: CodedIds;
  item: CodedIds;
  time: Float64Array | null;
  value: Float32Array | null;
  row: Int32Array;
  /** Per item code, the cells of the `about` columns. */
  about: string[][];
}

const looseKey = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** '' when any part is empty. */
export function idOf(row: readonly string[], columns: readonly number[], loose = false): string {
  if (columns.length === 1) {
    const id = cleanId(row[columns[0]!]!);
    return loose ? looseKey(id) : id;
  }
  const parts = columns.map((c) => cleanId(row[c]!));
  if (parts.some((p) => p === '')) return '';
  return loose ? looseKey(parts.join(' / ')) : parts.join(' / ');
}

export function createInteractions(hasTime: boolean, hasValue: boolean) {
  const user = createIdColumn();
  const item = createIdColumn();
  const time = growingFloat64();
  const value = growingFloat32();
  const row = growingInt32();
  const about: string[][] = [];
  const aboutOf = new Set<string>();
  let rowOffset = 0;

  const add = (u: string, i: string, t: number, v: number, r: number): void => {
    user.add(u);
    item.add(i);
    if (hasTime) time.push(t);
    if (hasValue) value.push(v);
    row.push(rowOffset + r);
  };

  return {
    add,
    /** The next table's rows are numbered on from here. */
    endTable: (rows: number): void => {
      rowOffset += rows;
    },
    /**
     * Reads one table; rows without a user, item, readable time or numeric value are rejected.
     * @param way 'general' never reads cells as bytes: the slow twin, which gives the same
     */
    async read(table: Table, columns: InteractionColumns, rejected: Rejected, ctx: ReadContext, way: 'quick' | 'general' = 'quick'): Promise<number> {
      const { names } = table.shape;
      const file = table.source.key;
      const { user: uc, item: ic, time: tc, value: vc } = columns;
      const unit = tc === null ? 'seconds' : timeUnitOf(table.sample.map((r) => r[tc] ?? ''));
      const style = vc === null ? 'mixed' : numberStyleOf(table.sample.map((r) => r[vc] ?? ''));
      const noUser = `no user in "${uc.map((c) => names[c]).join(' + ')}"`;
      const noItem = `no item in "${ic.map((c) => names[c]).join(' + ')}"`;
      const one = (cells: string[], line: number, number: number): void => {
        const reject = (reason: string): void => rejected.add(file, line, reason, cells);
        const u = idOf(cells, uc);
        if (u === '') return reject(noUser);
        const i = idOf(cells, ic, columns.looseItem);
        if (i === '') return reject(noItem);
        if (u.includes(ZERO) || i.includes(ZERO)) return reject('a zero byte in an id: the file is damaged here');
        let t = 0;
        if (hasTime && tc !== null) {
          t = parseTime(cells[tc]!, unit);
          if (Number.isNaN(t)) return reject(isEmptyValue(cells[tc]!) ? `the time in "${names[tc]}" is empty` : `"${names[tc]}" is not a date or time`);
        }
        let v = 0;
        if (hasValue && vc !== null) {
          v = parseNumber(cells[vc]!, style);
          if (Number.isNaN(v)) return reject(isEmptyValue(cells[vc]!) ? `the value in "${names[vc]}" is empty` : isAmbiguousNumber(cells[vc]!) ? `"${names[vc]}" may be a thousand or one and a bit: write 1234 or 1.234` : `"${names[vc]}" is not a number`);
        }
        add(u, i, t, v, number);
        if (columns.about.length && !aboutOf.has(i)) {
          aboutOf.add(i);
          about.push(columns.about.map((c) => cells[c]!));
        }
      };
      const simple = uc.length === 1 && ic.length === 1 && !columns.looseItem && columns.about.length === 0;
      const text = simple && way === 'quick' ? byteText(table) : null;
      let rows: number;
      if (text) {
        const form = { delimiter: table.shape.delimiter, width: names.length, user: uc[0]!, item: ic[0]!, time: hasTime && tc !== null ? { column: tc, unit } : null, value: hasValue ? vc : null, style };
        const keep = (plain: PlainRows, count: number): void => {
          user.append(plain.user.subarray(0, count));
          item.append(plain.item.subarray(0, count));
          if (hasTime) time.append(plain.time.subarray(0, count));
          if (hasValue) value.append(plain.value.subarray(0, count));
          row.append(plain.number.subarray(0, count).map((r) => rowOffset + r));
        };
        rows = await readByteRows(table, text, form, { users: new ByteIds(user, text.text), items: new ByteIds(item, text.text), keep }, rejected, one, ctx);
      } else {
        rows = await readRows(table, rejected, (batch) => batch.rows.forEach((cells, k) => one(cells, batch.lines[k]!, batch.numbers[k]!)), ctx);
      }
      rowOffset += rows;
      return rows;
    },
    done: (): ReadInteractions => ({ user: user.coded(), item: item.coded(), time: hasTime ? time.array() : null, value: hasValue ? value.array() : null, row: row.array(), about }),
  };
}
