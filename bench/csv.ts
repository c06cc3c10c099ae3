/** Our reader (bytes → checked rows with line numbers) beside plain Papa Parse (text → rows), and on to dense indices. */
import Papa from 'papaparse';
import { createRandom } from '../src/core/random';
import { fileSource } from '../src/data/read/byte-source';
import { createInteractions } from '../src/data/read/interactions';
import { createRejected } from '../src/data/read/rejected';
import { openTable, readRows } from '../src/data/read/table';
import { figure, table, times } from './document';
import { inTurn } from './timing';

function file(rows: number, quoted: boolean): File {
  const r = createRandom(9, 'csv');
  const parts = [quoted ? 'user,item,time,value,title\n' : 'user,item,time,value\n'];
  for (let k = 0; k < rows; k++) {
    const plain = `u${r.int(50_000)},i${r.int(20_000)},${1_700_000_000 + r.int(10_000_000)},${1 + r.int(5)}`;
    parts.push(quoted ? `${plain},"Song ${r.int(20_000)}, live ""again"""\n` : `${plain}\n`);
  }
  return new File([parts.join('')], 'plays.csv');
}

async function own(f: File): Promise<number> {
  const opened = await openTable(fileSource(f));
  let rows = 0;
  await readRows(opened, createRejected(), (b) => void (rows += b.rows.length));
  return rows;
}
export async function ownToIndices(f: File): Promise<number> {
  const interactions = createInteractions(true, true);
  const opened = await openTable(fileSource(f));
  await interactions.read(opened, { user: [0], item: [1], time: 2, value: 3, about: [], looseItem: false }, createRejected(), {});
  return interactions.done().row.length;
}
async function papa(f: File): Promise<number> {
  return Papa.parse(await f.text(), { header: false, skipEmptyLines: true }).data.length - 1;
}

export async function csvPart(): Promise<{ body: string; summary: string[] }> {
  const rows: string[][] = [];
  const summary: string[] = [];
  for (const [what, n, quoted] of [['1,000,000 rows without quotes', 1_000_000, false], ['300,000 rows with a quoted column', 300_000, true]] as const) {
    const f = file(n, quoted);
    for (const [name, count] of [['own', await own(f)], ['indices', await ownToIndices(f)], ['papa', await papa(f)]] as const) {
      if (count !== n) throw new Error(`${name} read ${count} rows of ${n}.`);
    }
    const t = await inTurn([
      { name: 'own' as const, run: () => own(f) },
      { name: 'papa' as const, run: () => papa(f) },
      { name: 'indices' as const, run: () => ownToIndices(f) },
    ], { rounds: 3, seconds: 1 });
    const mb = f.size / 1e6;
    rows.push([`${what}, ${mb.toFixed(0)} MB`, `${figure(t.own.median)} s (${figure(mb / t.own.median)} MB/s)`, `${figure(t.papa.median)} s (${figure(mb / t.papa.median)} MB/s)`, times(t.papa.median / t.own.median), `${figure(t.indices.median)} s`]);
    summary.push(`CSV, ${what}: own reader ${figure(t.own.median)} s, Papa Parse ${figure(t.papa.median)} s (${times(t.papa.median / t.own.median)})`);
  }
  return { body: table(['file', 'own reader', 'Papa Parse, whole text', 'own : Papa', 'own, on to indices'], rows), summary };
}
