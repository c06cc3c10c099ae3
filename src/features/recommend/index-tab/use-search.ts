/** The search the address asks for, as lists are asked with it. */
import { useMemo } from 'react';
import { servedIndex, useServedIndexes } from '../../../app/served-index';
import type { SearchChoice } from '../../../retrieval/serve';
import type { Model } from '../use-models';
import { checkSearch, readSearch } from './search-choice';

/** @returns `again` changes when a model has another index than before, so that lists are asked for anew */
export function useSearch(models: readonly Model[], raw: string | null, n: number): { search: SearchChoice | null; again: string } {
  const of = useServedIndexes();
  const search = useMemo(() => checkSearch(readSearch(raw, n), n).choice, [raw, n]);
  const again = search ? models.map((m) => JSON.stringify(servedIndex(of, m.run.id).built?.plan ?? null)).join(' ') : '';
  return { search, again };
}
