/** From a seed to the text of the demo's files, vectors apart. */
import type { KnownTruth } from '../../core/dataset';
import { createRandom } from '../../core/random';
import { encodePack } from './pack';
import { drawPlays, type Play } from './plays';
import { THEMES } from './themes/themes';
import { truthOf } from './truth';
import { DEMO, makeWorld, type World, type WorldSpec } from './world';
import { writeSongs, type SongText } from './writer';

export interface DemoWorld {
  world: World;
  songs: SongText[];
  truth: KnownTruth;
  plays: Play[];
  /** Songs nobody drew, given one play by hand. */
  rescued: number;
}

export function generateDemo(spec: WorldSpec = DEMO): DemoWorld {
  const random = createRandom(spec.seed, 'coldwave-demo');
  const world = makeWorld(spec, THEMES, random.stream('world'));
  const songs = writeSongs(THEMES, world, random.stream('texts'));
  const truth = truthOf(world);
  const { rows, rescued } = drawPlays(world, truth, random.stream('plays'));
  return { world, songs, truth, plays: rows, rescued };
}

const cell = (text: string | number): string => (/[",\n]/.test(String(text)) ? `"${String(text).replaceAll('"', '""')}"` : String(text));
const csv = (header: string[], rows: (string | number)[][]): string => `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The three tables. Ids are whole numbers from 1 and say nothing; themes are not among the columns, or the truth would leak. */
export function demoTables(demo: DemoWorld): Record<'interactions.csv' | 'users.csv' | 'items.csv', string> {
  const { world, songs, plays } = demo;
  return {
    'interactions.csv': csv(['user', 'item', 'time', 'plays'], plays.map((p) => [p.user + 1, p.item + 1, p.time, p.plays])),
    'users.csv': csv(['id', 'name', 'country', 'age_group', 'joined'], world.listeners.map((l, u) => [u + 1, l.name, l.country, l.ageGroup, day(l.joined)])),
    'items.csv': csv(
      ['id', 'title', 'artist', 'tag', 'country', 'released', 'lyrics', 'summary'],
      world.songs.map((s, i) => {
        const artist = world.artists[s.artist]!;
        return [i + 1, songs[i]!.title, artist.name, s.tag, artist.country, day(s.released), songs[i]!.lyrics, songs[i]!.summary];
      }),
    ),
  };
}

/** The truth as a pack: users [U, K+2] and items [I, K+2] in id order, themes named in the header. */
export function truthFile(demo: DemoWorld): Uint8Array<ArrayBuffer> {
  const { truth, world } = demo;
  return encodePack({
    meta: { dimensions: [...world.themes, 'log popularity', 'freshness at the end'] },
    arrays: {
      users: { shape: [world.listeners.length, truth.dim], data: truth.users },
      items: { shape: [world.songs.length, truth.dim], data: truth.items },
    },
  });
}
