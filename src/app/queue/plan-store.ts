/** Plans of runs in a database of their own, so that a reload can go on with them. */
import Dexie, { type Table } from 'dexie';
import { DATABASE } from '../database';
import type { Plan, RunState } from './plan';

export interface StoredPlan {
  id: string;
  plan: Plan;
  states: Record<string, RunState>;
}
export interface PlanStorage {
  list(): Promise<StoredPlan[]>;
  save(plan: StoredPlan): Promise<void>;
  remove(id: string): Promise<void>;
}

class PlanDatabase extends Dexie {
  declare plans: Table<StoredPlan, string>;
  constructor() {
    // The name begins like the page's own database: "delete everything" finds it by that.
    super(`${DATABASE}-plans`);
    this.version(1).stores({ plans: 'id' });
  }
}

const db = new PlanDatabase();

export const planStorage: PlanStorage = {
  list: () => db.plans.toArray(),
  save: async (p) => void (await db.plans.put(p)),
  remove: (id) => db.plans.delete(id),
};
