import type { AnyModelCard } from '../core/model';
import type { Options } from './options';
import { say } from './progress-lines';

/**
 * Runs once for each seed that was asked for; a single time where there is no chance in the model, since every repeat would be the same run.
 * Where it is stopped, the run that was cut short is left out if others are done.
 * @returns at least one record
 */
export async function overSeeds<R extends { status: string }>(o: Pick<Options, 'seed' | 'seeds'>, card: AnyModelCard, stopping: () => boolean, one: (seed: number) => Promise<R>): Promise<R[]> {
  if (o.seeds === null) return [await one(o.seed)];
  const seeds = card.deterministic ? o.seeds.slice(0, 1) : o.seeds;
  if (seeds.length < o.seeds.length) say(`There is no chance in ${card.name}: every seed gives the same result, so it runs once.`);
  const records: R[] = [];
  for (const seed of seeds) {
    if (records.length > 0 && stopping()) break;
    let record: R | null = null;
    try {
      record = await one(seed);
    } catch (error) {
      if (!stopping() || records.length === 0) throw error;
    }
    if (record === null || (record.status === 'stopped' && records.length > 0)) {
      say(`Seed ${seed} was cut short and is left out of what is reported.`);
      break;
    }
    records.push(record);
  }
  return records;
}
