import { memo } from 'react';
import { Card } from '../../ui/Card';
import { Reading } from '../../ui/Reading';
import { comparisonOf } from './comparison';
import type { ShownRun } from './shown';

/** Says of runs drawn together whether they can be told apart. Redrawn only for other runs: a thousand resamples are not for every batch. */
export const ComparisonCard = memo(
  function ComparisonCard({ runs }: { runs: readonly ShownRun[] }) {
    const sentences = comparisonOf(runs);
    return sentences.length === 0 ? null : (
      <Card>
        <Reading>{sentences.join(' ')}</Reading>
      </Card>
    );
  },
  (a, b) => a.runs.length === b.runs.length && a.runs.every((run, k) => run === b.runs[k]),
);
