/** Studies in a database of their own, so that a reload can go on with them. */
import Dexie, { type Table } from 'dexie';
import { DATABASE } from '../database';
import type { StoredStudy } from './study';

export interface StudyStorage {
  list(): Promise<StoredStudy[]>;
  save(study: StoredStudy): Promise<void>;
  remove(id: string): Promise<void>;
}

class StudyDatabase extends Dexie {
  declare studies: Table<StoredStudy, string>;
  constructor() {
    // The name begins like the page's own database: "delete everything" finds it by that.
    super(`${DATABASE}-searches`);
    this.version(1).stores({ studies: 'id' });
  }
}

const db = new StudyDatabase();

export const studyStorage: StudyStorage = {
  list: () => db.studies.toArray(),
  save: async (s) => void (await db.studies.put(s)),
  remove: (id) => db.studies.delete(id),
};
