/** Runs: every run on this device by the ground it was measured on, and two or more of them side by side. */
import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { apartFrom, groundOf } from '../../../analysis/leaderboard-ground';
import { importAnyRuns } from '../../../app/import-runs';
import { ratings, useRatings } from '../../../app/ratings';
import { refreshRuns, runs as list, undoRemove, useRuns } from '../../../app/runs';
import { formatHash, navigate, setQuery, useQuery } from '../../../app/url';
import { CUTOFFS, SLICES } from '../../../core/metric';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { METRIC_IDS } from '../../../app/train-form';
import { oneLine } from '../../../ui/plot-scale';
import { sliceTitles } from '../../train/series';
import { RatingRuns } from '../ratings';
import { matchesRating, measureOf } from '../ratings/view';
import { CapsuleButton } from '../share/capsule-card';
import { RunTable } from './run-table';
import { SideBySide } from './side-by-side';
import { groupsOf, matches, viewOf, type RunGroup } from './view';
import css from '../compare.module.css';

const METRIC_KEYS = METRIC_IDS.flatMap((m) => CUTOFFS.map((k) => `${m}@${k}`));

export function Runs() {
  const query = useQuery();
  const view = useMemo(() => viewOf(query), [query]);
  const { measure, problem: unknownError } = measureOf(query);
  const runs = useRuns((s) => s.runs);
  const rated = useRatings((s) => s.runs);
  const loaded = useRuns((s) => s.loaded);
  const ratedLoaded = useRatings((s) => s.loaded);
  useEffect(() => {
    void refreshRuns();
    void ratings.refresh();
  }, []);

  const listed = <R extends { archived?: boolean | undefined }>(all: readonly R[], fits: (run: R, find: string) => boolean): R[] => all.filter((r) => (view.archived || !r.archived) && (view.find === '' || fits(r, view.find)));
  const groups = groupsOf(listed(runs, matches), view.metric, view.slice);
  const ratedShown = listed(rated, matchesRating);
  const archived = [...runs, ...rated].filter((r) => r.archived).length;
  const none = runs.length + rated.length === 0;

  return (
    <div className={css.stack}>
      <Notices />
      {(view.problem ?? unknownError) && <ErrorPanel title="Not everything in this link could be used" what={(view.problem ?? unknownError)!} />}
      {none ? (
        <Card>
          <EmptyState
            title={loaded ? 'No runs yet' : 'Reading stored runs'}
            text="Every model you train is kept here. Train two on the same split and this page says which is better, for whom, and how sure that is."
            action={
              <>
                <Button component="a" href={formatHash('train')} onClick={() => navigate('train')}>
                  Train a model
                </Button>{' '}
                <CapsuleButton /> <ImportButton />
              </>
            }
          />
        </Card>
      ) : (
        <>
          <fieldset className={css.tools} aria-label="Which runs, by which figure">
            <TextInput size="xs" aria-label="Find runs by name, data, model, plan, tag or note" placeholder="Name, data, model, plan, tag" value={view.find} onChange={(e) => setQuery({ find: e.currentTarget.value || null })} className={css.find} />
            {runs.length > 0 && <Select size="xs" w={112} aria-label="Order by" searchable data={METRIC_KEYS} value={view.metric} allowDeselect={false} onChange={(m) => m && setQuery({ metric: m })} />}
            {runs.length > 0 && <Select size="xs" w={120} aria-label="Items measured" data={SLICES.map((s) => ({ value: s, label: sliceTitles[s] }))} value={view.slice} allowDeselect={false} onChange={(s) => s && setQuery({ slice: s })} />}
            {archived > 0 && <Switch size="xs" label={`Archived (${archived})`} checked={view.archived} onChange={(e) => setQuery({ archived: e.currentTarget.checked ? 'yes' : null })} />}
            <span className={css.spring} />
            <CapsuleButton />
            <ImportButton />
          </fieldset>
          {groups.length === 0 && ratedShown.length === 0 && (
            <Card>
              {view.find === '' ? (
                <EmptyState title="All runs are archived" text="Nothing is lost: archived runs are only out of sight." action={<Button variant="default" onClick={() => setQuery({ archived: 'yes' })}>Show them</Button>} />
              ) : (
                <EmptyState title="No run fits" text={`Nothing has “${view.find.slice(0, 200)}” in its name, data, model, plan, tags or notes.`} action={<Button variant="default" onClick={() => setQuery({ find: null })}>Show all</Button>} />
              )}
            </Card>
          )}
          {groups.length > 1 && <p className={css.note}>{groups.length} tables, because their figures do not compare: a run is only ranked against runs with the same data, held-out items and candidates.</p>}
          {groups.map((g, k) => (
            <RunTable key={g.key} group={g} view={view} why={k === 0 ? null : whyApart(g, groups[0]!)} />
          ))}
          {ratedShown.length > 0 && <RatingRuns runs={ratedShown} ids={view.ids} measure={measure} beside={groups.length > 0} />}
        </>
      )}
      <SideBySide runs={runs} rated={rated} view={view} measure={measure} loaded={loaded && ratedLoaded} />
    </div>
  );
}

function ImportButton() {
  return (
    <Button variant="default" component="label" size="compact-sm">
      Import runs
      <input
        type="file"
        accept="application/json,.json"
        multiple
        className="visually-hidden"
        onChange={(e) => {
          void importAnyRuns([...(e.target.files ?? [])]);
          e.target.value = ''; // the same file may be chosen again
        }}
      />
    </Button>
  );
}

/** What went wrong, what was deleted and can come back, what an import did: of runs that rank and of rating runs. */
function Notices() {
  const ranking = useRuns((s) => s);
  const rating = useRatings((s) => s);
  return (
    <>
      {ranking.problem && <ErrorPanel what={ranking.problem.what} remedy={ranking.problem.remedy ?? undefined} onDismiss={list.dismiss} />}
      {rating.problem && <ErrorPanel what={rating.problem.what} remedy={rating.problem.remedy ?? undefined} onDismiss={ratings.dismiss} />}
      <Strip deleted={ranking.removed?.name ?? null} notice={ranking.notice} onUndo={() => void undoRemove()} onDismiss={list.dismiss} />
      <Strip deleted={rating.removed?.name ?? null} notice={rating.notice} onUndo={() => void ratings.undoRemove()} onDismiss={ratings.dismiss} />
    </>
  );
}

function Strip({ deleted, notice, onUndo, onDismiss }: { deleted: string | null; notice: string | null; onUndo: () => void; onDismiss: () => void }) {
  if (deleted === null && !notice) return null;
  return (
    <output className={css.strip}>
      {deleted !== null ? `Deleted “${oneLine(deleted, 80)}”.` : notice}
      {deleted !== null && (
        <Button variant="default" onClick={onUndo}>
          Undo
        </Button>
      )}
      <Button variant="subtle" onClick={onDismiss}>
        Dismiss
      </Button>
    </output>
  );
}

const whyApart = (g: RunGroup, first: RunGroup): string | null => apartFrom(g.runs[0]!, groundOf(first.runs[0]!));
