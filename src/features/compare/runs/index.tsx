/** Runs: every run on this device by the ground it was measured on, and two or more of them side by side. */
import { Button, Select, Switch, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { apartFrom, groundOf } from '../../../analysis/leaderboard-ground';
import { importRuns, refreshRuns, runs as list, undoRemove, useRuns } from '../../../app/runs';
import { formatHash, navigate, setQuery, useQuery } from '../../../app/url';
import { CUTOFFS, SLICES } from '../../../core/metric';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { METRIC_IDS } from '../../../app/train-form';
import { sliceTitles } from '../../train/series';
import { CapsuleButton } from '../share/capsule-card';
import { RunTable } from './run-table';
import { groupsOf, matches, viewOf, type RunGroup } from './view';
import css from '../compare.module.css';

// Charts and tests are fetched when there are two runs to set side by side.
const Comparison = lazy(async () => ({ default: (await import('../comparison')).Comparison }));

const METRIC_KEYS = METRIC_IDS.flatMap((m) => CUTOFFS.map((k) => `${m}@${k}`));

export function Runs() {
  const query = useQuery();
  const view = useMemo(() => viewOf(query), [query]);
  const runs = useRuns((s) => s.runs);
  const loaded = useRuns((s) => s.loaded);
  const removed = useRuns((s) => s.removed);
  const problem = useRuns((s) => s.problem);
  const notice = useRuns((s) => s.notice);
  useEffect(() => {
    void refreshRuns();
  }, []);

  const shown = runs.filter((r) => (view.archived || !r.archived) && (view.find === '' || matches(r, view.find)));
  const groups = groupsOf(shown, view.metric, view.slice);
  const archived = runs.filter((r) => r.archived).length;
  const chosen = view.ids.flatMap((id) => runs.find((r) => r.id === id) ?? []);
  const reference = chosen[0];
  const ground = reference && groundOf(reference);
  const together = ground ? chosen.filter((r) => apartFrom(r, ground) === null) : [];
  const apart = ground ? chosen.filter((r) => apartFrom(r, ground) !== null) : [];
  const gone = view.ids.length - chosen.length;

  return (
    <div className={css.stack}>
      {problem && <ErrorPanel what={problem.what} remedy={problem.remedy ?? undefined} onDismiss={list.dismiss} />}
      {view.problem && <ErrorPanel title="Not everything in this link could be used" what={view.problem} />}
      {(removed || notice) && (
        <output className={css.strip}>
          {removed ? `Deleted “${removed.name}”.` : notice}
          {removed && (
            <Button variant="default" onClick={() => void undoRemove()}>
              Undo
            </Button>
          )}
          <Button variant="subtle" onClick={list.dismiss}>
            Dismiss
          </Button>
        </output>
      )}
      {runs.length === 0 ? (
        <Card>
          <EmptyState
            title={loaded ? 'No runs yet' : 'Reading stored runs'}
            text="Every model you train is kept here. Train two on the same split and this page says which is better, for whom, and how sure that is."
            action={
              <>
                <Button component="a" href={formatHash('train')} onClick={() => navigate('train')}>
                  Train a model
                </Button>{' '}
                <CapsuleButton />
              </>
            }
          />
        </Card>
      ) : (
        <>
          <fieldset className={css.tools} aria-label="Which runs, by which figure">
            <TextInput size="xs" aria-label="Find runs by name, data, model, plan, tag or note" placeholder="Name, data, model, plan, tag" value={view.find} onChange={(e) => setQuery({ find: e.currentTarget.value || null })} className={css.find} />
            <Select size="xs" w={112} aria-label="Order by" searchable data={METRIC_KEYS} value={view.metric} allowDeselect={false} onChange={(m) => m && setQuery({ metric: m })} />
            <Select size="xs" w={120} aria-label="Items measured" data={SLICES.map((s) => ({ value: s, label: sliceTitles[s] }))} value={view.slice} allowDeselect={false} onChange={(s) => s && setQuery({ slice: s })} />
            {archived > 0 && <Switch size="xs" label={`Archived (${archived})`} checked={view.archived} onChange={(e) => setQuery({ archived: e.currentTarget.checked ? 'yes' : null })} />}
            <span className={css.spring} />
            <CapsuleButton />
            <Button variant="default" component="label" size="compact-sm">
              Import runs
              <input type="file" accept="application/json,.json" multiple className="visually-hidden" onChange={(e) => void importRuns([...(e.target.files ?? [])])} />
            </Button>
          </fieldset>
          {groups.length === 0 && (
            <Card>
              <EmptyState title="No run fits" text={`Nothing has “${view.find}” in its name, data, model, plan, tags or notes.`} action={<Button variant="default" onClick={() => setQuery({ find: null })}>Show all</Button>} />
            </Card>
          )}
          {groups.length > 1 && <p className={css.note}>{groups.length} tables, because their figures do not compare: a run is only ranked against runs with the same data, held-out items and candidates.</p>}
          {groups.map((g, k) => (
            <RunTable key={g.key} group={g} view={view} why={k === 0 ? null : whyApart(g, groups[0]!)} />
          ))}
        </>
      )}
      {gone > 0 && <p className={css.note}>{gone === 1 ? 'One run' : `${gone} runs`} of this link {gone === 1 ? 'is' : 'are'} not on this device: import {gone === 1 ? 'it' : 'them'} first.</p>}
      {apart.map((r) => (
        <p key={r.id} className={css.note}>
          “{r.name}” is left out of the comparison: {apartFrom(r, ground!)}.
        </p>
      ))}
      {together.length >= 2 ? <Suspense fallback={null}><Comparison runs={together} view={view} all={runs.filter((r) => ground && apartFrom(r, ground) === null)} /></Suspense> : runs.length > 0 && <p className={css.note}>{runs.length === 1 ? 'One run so far. Train a second model on the same split, then tick both to compare them.' : 'Tick two or more runs of one table to set them side by side. The first you tick is the reference.'}</p>}
    </div>
  );
}

const whyApart = (g: RunGroup, first: RunGroup): string | null => apartFrom(g.runs[0]!, groundOf(first.runs[0]!));
