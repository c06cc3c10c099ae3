import { useEffect } from 'react';
import { indexLost } from '../../../app/served-index';
import type { ServedList } from '../../../../workers/protocol';
import { searchLine } from './search-choice';
import css from './search.module.css';

/** What the search behind a list gave up and gained. */
export function SearchLine({ runId, search, stale }: { runId: string; search: NonNullable<ServedList['search']>; stale: boolean }) {
  const lost = !stale && 'exact' in search && search.exact === 'not built';
  useEffect(() => {
    if (lost) indexLost(runId);
  }, [lost, runId]);
  return <p className={css.line}>{searchLine(search)}</p>;
}
