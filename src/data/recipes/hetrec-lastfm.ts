/** HetRec 2011 Last.fm: users, artists, play counts, tag assignments. No times of listening. */
import { tagsColumn } from '../read/columns';
import { createInteractions } from '../read/interactions';
import { Problem } from '../../core/problem';
import { findFile, progressOf, rawTable, readRaw, sourceFile, type Candidate, type Recipe } from './recipe';
import type { CategoricalColumn, Column } from '../../core/dataset';
import type { SideIds } from '../side-facts';

const find = (files: readonly Candidate[]) => ({
  plays: findFile(files, /^\d+\t\d+\t\d+$/, /^userID\tartistID\tweight$/),
  artists: findFile(files, /^\d+\t[^\t]/, /^id\tname\turl\tpictureURL$/),
  tags: findFile(files, /^\d+\t/, /^tagID\ttagValue$/),
  tagged: findFile(files, /^\d+\t\d+\t\d+\t\d+\t\d+\t\d+$/, /^userID\tartistID\ttagID\tday\tmonth\tyear$/),
  friends: findFile(files, /^\d+\t\d+$/, /^userID\tfriendID$/),
});

export const hetrecLastfm: Recipe = {
  id: 'hetrec-lastfm',
  name: 'HetRec 2011 Last.fm',

  recognise(files) {
    const { plays, artists, tags, tagged } = find(files);
    if (plays) return `"${plays.source.name}" holds userID, artistID and weight${artists ? `, "${artists.source.name}" the names of the artists` : ''}${tags && tagged ? ', and there are tag assignments' : ''}.`;
    return artists && (tags || tagged) ? 'Artists and tags of Last.fm, but the play counts (user_artists.dat) are missing.' : null;
  },

  async read(files, ctx) {
    const { plays, artists, tags, tagged, friends } = find(files);
    if (!plays) throw new Problem('The play counts are missing.', { file: artists?.source.key }, 'Add user_artists.dat, or drop the whole zip file.');
    const interactions = createInteractions(false, true);
    const table = await rawTable(plays, { delimiter: '\t', header: true, names: ['userID', 'artistID', 'weight'] }, ctx);
    const rows = await interactions.read(table, { user: [0], item: [1], time: null, value: 2, about: [], looseItem: false }, ctx.rejected, progressOf(plays, ctx));
    const sources = [sourceFile(plays, 'interactions', rows, ctx)];
    const notes = ['The files hold no times of listening: orders by time fall back to row order.'];
    const side: SideIds = { friends: null, tagged: null };
    if (friends) {
      const pairs = { a: [] as string[], b: [] as string[] };
      sources.push(
        await readRaw(friends, { delimiter: '\t', header: true, names: ['userID', 'friendID'] }, 'other', ctx, (batch) => {
          for (const [a, b] of batch.rows) {
            pairs.a.push(a!);
            pairs.b.push(b!);
          }
        }),
      );
      side.friends = pairs;
    }
    if (!artists) return { sources, interactions: interactions.done(), users: null, items: null, side, notes };

    const ids: string[] = [];
    const names: string[] = [];
    sources.push(
      await readRaw(artists, { delimiter: '\t', header: true, names: ['id', 'name', 'url', 'pictureURL'] }, 'items', ctx, (batch) => {
        for (const row of batch.rows) {
          ids.push(row[0]!);
          names.push(row[1]!);
        }
      }),
    );
    const columns: Column[] = [{ kind: 'text', name: 'name', values: names }];
    if (tags && tagged) {
      const tagName = new Map<string, string>();
      sources.push(await readRaw(tags, { delimiter: '\t', header: true, names: ['tagID', 'tagValue'] }, 'other', ctx, (batch) => batch.rows.forEach((r) => tagName.set(r[0]!, r[1]!))));
      const assigned = new Map<string, Map<string, number>>(); // artist → tag → how often
      const dated = { item: [] as string[], tag: [] as string[], time: [] as number[] };
      side.tagged = dated;
      sources.push(
        await readRaw(tagged, { delimiter: '\t', header: true, names: ['userID', 'artistID', 'tagID', 'day', 'month', 'year'] }, 'other', ctx, (batch) => {
          for (const [, artist, tag, day, month, year] of batch.rows) {
            dated.item.push(artist!);
            dated.tag.push(tagName.get(tag!) ?? `tag ${tag}`);
            dated.time.push(Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000);
            const counts = assigned.get(artist!) ?? assigned.set(artist!, new Map()).get(artist!)!;
            counts.set(tag!, (counts.get(tag!) ?? 0) + 1);
          }
        }),
      );
      columns.push(...tagColumns(ids, assigned, tagName));
    }
    return { sources, interactions: interactions.done(), users: null, items: { ids, columns, label: 'name' }, side, notes };
  },
};

/** Tags of each artist, most often assigned first (ties: lower tag number), and the first of them. */
function tagColumns(ids: readonly string[], assigned: ReadonlyMap<string, ReadonlyMap<string, number>>, tagName: ReadonlyMap<string, string>): Column[] {
  const lists = ids.map((id) =>
    [...(assigned.get(id) ?? [])].sort((a, b) => b[1] - a[1] || Number(a[0]) - Number(b[0])).map(([tag]) => tagName.get(tag) ?? `tag ${tag}`),
  );
  const tags = tagsColumn('tags', lists);
  const top: CategoricalColumn = { kind: 'categorical', name: 'top tag', codes: Int32Array.from(lists, (_, r) => (tags.offsets[r] === tags.offsets[r + 1] ? -1 : tags.codes[tags.offsets[r]!]!)), levels: tags.levels };
  return [top, tags];
}
