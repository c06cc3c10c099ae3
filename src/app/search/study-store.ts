/** Studies in a database of their own, so that a reload can go on with them. */
import Dexie, { type Table } from 'dexie';
import type { TrialRecord } from '../../../workers/protocol';
import type { TrialScore } from '../../core/trial-score';
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

/** Trials once named their two figures after the ranking metrics. */
function upgraded(study: StoredStudy): StoredStudy {
  const trials = study.trials.map((t) => {
    if (!t?.record || 'score' in t.record) return t;
    const { ndcg, hr, ...rest } = t.record as unknown as Record<'ndcg' | 'hr', Omit<TrialScore, 'metric'>>;
    return { ...t, record: { ...rest, score: { ...ndcg, metric: 'NDCG@10' }, beside: { ...hr, metric: 'HR@10' } } as unknown as TrialRecord };
  });
  return { ...study, trials };
}

const db = new StudyDatabase();

export const studyStorage: StudyStorage = {
  list: async () => (await db.studies.toArray()).map(upgraded),
  save: async (s) => void (await db.studies.put(s)),
  remove: (id) => db.studies.delete(id),
};
