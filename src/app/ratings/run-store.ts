/** Rating runs in a database of their own: they share nothing with runs that rank. */
import Dexie, { type Table } from 'dexie';
import { parseRatingRun, type RatingRun } from '../../core/rating-run';
import { DATABASE } from '../database';
import { storageProblem } from '../storage-plan';

export interface RatingStorage {
  list(): Promise<{ runs: RatingRun[]; unreadable: number }>;
  /** @throws Problem when the browser refuses */
  save(run: RatingRun): Promise<void>;
  remove(id: string): Promise<void>;
}

class RatingDatabase extends Dexie {
  declare runs: Table<RatingRun, string>;
  constructor() {
    // The name begins like the page's own database: "delete everything" finds it by that.
    super(`${DATABASE}-ratings`);
    this.version(1).stores({ runs: 'id' });
  }
}
const db = new RatingDatabase();

export const ratingStorage: RatingStorage = {
  async list() {
    const stored: unknown[] = await db.runs.toArray();
    const runs: RatingRun[] = [];
    for (const s of stored) {
      try {
        runs.push(parseRatingRun(s));
      } catch {
        // Left where it is; told as a number.
      }
    }
    return { runs, unreadable: stored.length - runs.length };
  },
  async save(run) {
    try {
      await db.runs.put(run);
    } catch (error) {
      throw storageProblem(`The run "${run.name}"`, error);
    }
  },
  remove: (id) => db.runs.delete(id),
};
