import { Button, MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useRuns } from '../../app/runs';
import { useWorkspace } from '../../app/workspace';
import type { RunRecord } from '../../core/run';
import { catalogue } from '../../models/catalogue';
import { plural, rate } from '../../ui/format';
import { MOST_MODELS, writeAddress } from './address';
import shared from './recommend.module.css';
import css from './model-bar.module.css';

/** Runs whose models can be asked about the data in use, newest first. */
export function useFittingRuns(): { fitting: RunRecord[]; others: number } {
  const runs = useRuns((s) => s.runs);
  const hash = useWorkspace((s) => s.data?.hash ?? null);
  return useMemo(() => {
    const fitting = runs
      .filter((r) => r.data.hash === hash && r.status !== 'failed' && !r.archived && catalogue.some((c) => c.id === r.model.id))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    return { fitting, others: runs.length - fitting.length };
  }, [runs, hash]);
}

/** Models that know items by what they are, so that they can judge one nobody has had. */
export const JUDGES_OF_NEW: readonly string[] = ['content-knn', 'two-tower', 'two-tower-retrieval', 'buhs'];

/** The runs the address names, as far as they are there; else the newest (of `preferred` models where there is one), and beside it the newest of another model. */
export function chosenRuns(wanted: readonly string[], fitting: readonly RunRecord[], preferred: readonly string[] = []): RunRecord[] {
  const named = wanted.flatMap((id) => fitting.find((r) => r.id === id) ?? []);
  if (named.length > 0) return named;
  const first = fitting.find((r) => preferred.includes(r.model.id)) ?? fitting[0];
  if (!first) return [];
  const second = fitting.find((r) => r.model.id !== first.model.id);
  return second ? [first, second] : [first];
}

/** Which models stand side by side: one to three. */
export function ModelBar({ chosen, fitting, others }: { chosen: readonly RunRecord[]; fitting: readonly RunRecord[]; others: number }) {
  const options = fitting.map((r) => ({ value: r.id, label: `${r.name}${quality(r)}` }));
  return (
    <div className={css.models}>
      <MultiSelect
        label="Models, side by side"
        data={options}
        value={chosen.map((r) => r.id)}
        onChange={(ids) => ids.length > 0 && writeAddress({ runs: ids })}
        maxValues={MOST_MODELS}
        searchable
        hidePickedOptions
        styles={{ inputField: { minWidth: 24, flexBasis: 24 } }}
        nothingFoundMessage="No other run of this data"
        description={others > 0 ? `${plural(others, 'run')} of other data, other builds or the archive ${others === 1 ? 'is' : 'are'} not listed.` : undefined}
      />
      {chosen.length < MOST_MODELS && fitting.length === chosen.length && (
        <Button component="a" href="#/train" variant="subtle" className={shared.more}>
          Train another to compare
        </Button>
      )}
    </div>
  );
}

function quality(run: RunRecord): string {
  const value = run.test.all.metrics['NDCG@10']?.value;
  return value === undefined ? '' : ` · NDCG@10 ${rate(value)}`;
}
