/** The shipped world: made anew from its seed, and read back from public/demo. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT, type Split } from '../../core/split';
import { splitData } from '../split/split';
import { demoTables, generateDemo, truthFile, type DemoWorld } from './generate';
import { wordCount } from './grammar';
import { loadDemo, type Manifest } from './load-demo';
import { affinities } from './truth';
import { DEMO } from './world';

const folder = 'public/demo';
const read = async (name: string): Promise<ArrayBuffer> => new Uint8Array(await readFile(`${folder}/${name}`)).buffer;
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let demo: DemoWorld;
let manifest: Manifest;
beforeAll(async () => {
  manifest = JSON.parse(await readFile(`${folder}/manifest.json`, 'utf8')) as Manifest;
  demo = generateDemo({ ...DEMO, seed: manifest.seed });
}, 120_000);

describe('the generator', () => {
  it('makes the shipped tables and truth again, byte for byte', () => {
    const made = { ...demoTables(demo), 'truth.bin': truthFile(demo) };
    for (const [name, content] of Object.entries(made)) expect(sha256(content), name).toBe(manifest.files[name]!.sha256);
  });
  it('makes another world from another seed', () => {
    const small = { ...DEMO, users: 100, items: 200, interactions: 2000, artists: 12, lateShare: 0.1 };
    const table = (seed: number) => demoTables(generateDemo({ ...small, seed }))['interactions.csv'];
    expect(table(1)).toBe(table(1));
    expect(table(1)).not.toBe(table(2));
  });
  it('keeps the promised size: 1,200 × 900 × 60,000, nobody without a dozen songs, no song without a play', () => {
    expect(manifest.counts).toEqual({ users: 1200, items: 900, interactions: 60_000 });
    const perUser = new Int32Array(1200);
    const perItem = new Int32Array(900);
    for (const p of demo.plays) {
      perUser[p.user]! += 1;
      perItem[p.item]! += 1;
    }
    expect(Math.min(...perUser)).toBeGreaterThanOrEqual(12);
    expect(Math.min(...perItem)).toBeGreaterThanOrEqual(1);
    expect(demo.rescued).toBeLessThan(36);
  });
  it('nobody plays a song before it is out, nor the same song in two rows', () => {
    expect(demo.plays.filter((p) => p.time < demo.world.songs[p.item]!.released)).toEqual([]);
    expect(new Set(demo.plays.map((p) => p.user * 1000 + p.item)).size).toBe(demo.plays.length);
  });
  it('few songs carry most plays: a fifth of them have more than half', () => {
    const perItem = new Int32Array(900);
    for (const p of demo.plays) perItem[p.item]! += 1;
    const top = [...perItem].sort((a, b) => b - a).slice(0, 180).reduce((a, b) => a + b, 0);
    expect(top / demo.plays.length).toBeGreaterThan(0.5);
  });
  it('lyrics have 30 to 80 words, summaries 20 to 30, and no two songs share title or lyrics', () => {
    for (const song of demo.songs) {
      const words = wordCount(song.lyrics.replaceAll(' / ', ' '));
      expect(words).toBeGreaterThanOrEqual(30);
      expect(words).toBeLessThanOrEqual(80);
      expect(wordCount(song.summary)).toBeGreaterThanOrEqual(20);
      expect(wordCount(song.summary)).toBeLessThanOrEqual(30);
      expect(`${song.title}${song.lyrics}${song.summary}`).not.toMatch(/[{}]|undefined/);
    }
    expect(new Set(demo.songs.map((s) => s.title.toLowerCase())).size).toBe(900);
    expect(new Set(demo.songs.map((s) => s.lyrics)).size).toBe(900);
    expect(new Set(demo.songs.map((s) => s.summary)).size).toBeGreaterThan(850);
  });
  it('themes stand in no column: they would give the truth away', () => {
    const tables = demoTables(demo);
    for (const text of Object.values(tables)) expect(text.split('\n')[0]).not.toMatch(/theme|taste|mixture|popularity/);
    expect(tables['items.csv']).not.toContain('sea shanties of the office');
  });
});

describe('loadDemo', () => {
  it('reads the files back: typed columns, truth and vectors in the order of the data set', async () => {
    const { raw, vectors, rejected } = await loadDemo(read);
    expect([raw.name, raw.recipe, raw.items.label]).toEqual(['Coldwave demo', 'coldwave-demo', 'title']);
    expect([raw.users.ids.length, raw.items.ids.length, raw.interactions.user.length]).toEqual([1200, 900, 60_000]);
    expect(rejected.total).toBe(0);
    expect(raw.items.columns.map((c) => `${c.name}:${c.kind}`)).toEqual([
      'title:text', 'artist:categorical', 'tag:categorical', 'country:categorical', 'released:numeric', 'lyrics:text', 'summary:text',
    ]);
    const title = raw.items.columns[0]!;
    const wrong: string[] = [];
    raw.items.ids.forEach((id, i) => {
      const source = Number(id) - 1;
      if (title.kind !== 'text' || title.values[i] !== demo.songs[source]!.title) wrong.push(id);
      for (let d = 0; d < demo.truth.dim; d++) if (raw.truth!.items[i * demo.truth.dim + d] !== demo.truth.items[source * demo.truth.dim + d]) wrong.push(id);
    });
    expect(wrong).toEqual([]);
    expect(vectors.map((v) => v.column)).toEqual(['title', 'lyrics', 'summary']);
    for (const v of vectors) {
      expect([v.dim, v.vectors.length, v.missing]).toEqual([384, 900 * 384, 0]);
      for (const i of [0, 450, 899]) expect(Math.hypot(...v.vectors.subarray(i * 384, (i + 1) * 384))).toBeCloseTo(1, 5);
    }
  });
  it('drops truth and vectors of a song that nobody plays along with the song', async () => {
    const cut = async (name: string): Promise<ArrayBuffer> => {
      if (name !== 'interactions.csv') return read(name);
      const lines = (await readFile(`${folder}/${name}`, 'utf8')).split('\n').filter((line) => line.split(',')[1] !== '17');
      return new TextEncoder().encode(lines.join('\n')).buffer;
    };
    const [whole, without] = [await loadDemo(read), await loadDemo(cut)];
    expect(without.raw.items.ids.length).toBe(899);
    const before = whole.raw.items.ids.indexOf('18');
    const after = without.raw.items.ids.indexOf('18');
    const { dim } = whole.raw.truth!;
    expect(without.raw.truth!.items.subarray(after * dim, (after + 1) * dim)).toEqual(whole.raw.truth!.items.subarray(before * dim, (before + 1) * dim));
    expect(without.vectors[1]!.vectors.subarray(after * 384, (after + 1) * 384)).toEqual(whole.vectors[1]!.vectors.subarray(before * 384, (before + 1) * 384));
  });
  it('says which file lacks which column', async () => {
    const broken = async (name: string) => (name === 'users.csv' ? new TextEncoder().encode('id,nom\n1,Ada\n').buffer : read(name));
    await expect(loadDemo(broken)).rejects.toMatchObject({ name: 'Problem', place: { file: 'users.csv' } });
  });
});

describe('the truth is a ceiling with room below', () => {
  let split: Split;
  let seen: Set<number>[];
  let hits: (score: (user: number, out: Float64Array) => void, counts: (item: number) => boolean) => { share: number; n: number };
  let truth: DemoWorld['truth'];
  beforeAll(async () => {
    const { raw } = await loadDemo(read);
    truth = raw.truth!;
    split = splitData(raw, DEFAULT_SPLIT);
    seen = Array.from({ length: raw.users.ids.length }, () => new Set<number>());
    raw.interactions.user.forEach((u, n) => seen[u]!.add(raw.interactions.item[n]!));
    const out = new Float64Array(raw.items.ids.length);
    hits = (score, counts) => {
      let [hit, n] = [0, 0];
      split.test.user.forEach((u, k) => {
        const target = split.test.item[k]!;
        if (!counts(target)) return;
        score(u, out);
        // Ties count against the target; what the user has already played is no candidate.
        let above = 0;
        out.forEach((s, i) => (above += Number(i !== target && !seen[u]!.has(i) && s >= out[target]!)));
        n += 1;
        hit += Number(above < 10);
      });
      return { share: hit / n, n };
    };
  }, 120_000);
  const oracle = (u: number, out: Float64Array) => affinities(truth, u, out);
  const popularity = (_: number, out: Float64Array) => out.forEach((__, i) => (out[i] = split.itemDegree[i]!));

  it('at least 250 test items are cold and 40 strictly new, and at least 250 are warm', () => {
    expect(split.summary.testCold).toBeGreaterThanOrEqual(250);
    expect(split.summary.testNew).toBeGreaterThanOrEqual(40);
    expect(split.summary.testWarm).toBeGreaterThanOrEqual(250);
  });
  it('the oracle finds more than .35 of all, .2 of cold and .2 of new test items in its top ten', () => {
    expect(hits(oracle, () => true).share).toBeGreaterThan(0.35);
    expect(hits(oracle, (i) => split.cold[i] === 1).share).toBeGreaterThan(0.2);
    expect(hits(oracle, (i) => split.itemDegree[i] === 0).share).toBeGreaterThan(0.2);
  });
  it('the oracle beats popularity fivefold on all, and on warm items too; popularity finds no cold item', () => {
    const warm = (i: number) => split.cold[i] === 0;
    expect(hits(oracle, () => true).share).toBeGreaterThan(5 * hits(popularity, () => true).share);
    expect(hits(oracle, warm).share).toBeGreaterThan(hits(popularity, warm).share);
    expect(hits(popularity, (i) => split.cold[i] === 1).share).toBe(0);
  });
});
