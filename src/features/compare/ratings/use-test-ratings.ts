/** Which ratings were tested and what is known of them, asked of the rating worker for a run of the data in use. */
import { useEffect, useState } from 'react';
import type { TestRatings } from '../../../analysis/rating-groups';
import { testRatingsOf } from '../../../app/ratings';
import { held, useWorkspace } from '../../../app/workspace';
import { messageOf } from '../../../core/problem';
import { unpackResiduals, type RatingRun } from '../../../core/rating-run';

export type Tested = { state: 'asking' } | { state: 'absent'; why: string } | { state: 'here'; ratings: TestRatings };

export function useTestRatings(run: RatingRun): Tested {
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const key = `${run.id} ${dataHash}`;
  const [answer, setAnswer] = useState<{ key: string; tested: Tested }>({ key: '', tested: { state: 'asking' } });
  useEffect(() => {
    let gone = false;
    const settle = (tested: Tested): void => {
      if (!gone) setAnswer({ key, tested });
    };
    const absent = (why: string): void => settle({ state: 'absent', why });
    const { data } = held;
    if (!run.residuals) absent('The single errors of these runs were not kept (more than 2,000,000 test ratings), so they cannot be parted.');
    else if (!data || dataHash === null) absent('No data are open: errors by true rating or activity need the data set these runs were measured on.');
    else if (data.hash !== run.data.hash) absent(`The data in use (${data.name}) are not those of these runs (${run.data.name}, hash ${run.data.hash.slice(0, 8)}), so their errors cannot be parted.`);
    else {
      const many = unpackResiduals(run.residuals).length;
      testRatingsOf(data, run).then(
        (ratings) => (ratings.hash !== run.split.hash || ratings.truth.length !== many ? absent('This build makes these folds otherwise than the build of these runs, so their errors cannot be parted.') : settle({ state: 'here', ratings })),
        (error: unknown) => absent(messageOf(error)),
      );
    }
    return () => {
      gone = true;
    };
  }, [key, run, dataHash]);
  return answer.key === key ? answer.tested : { state: 'asking' };
}
