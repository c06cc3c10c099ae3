/** Rating runs on the same folds, best first, with a mark where they cannot be told apart. */
import { Button, Menu, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { againstBest, apartBecause, LEVEL, ranked, type PairOutcome } from '../../../analysis/rating-board';
import { ratings, useRatings } from '../../../app/ratings';
import { useWorkspace } from '../../../app/workspace';
import type { RatingMeasure, RatingRun } from '../../../core/rating-run';
import { FileButton } from '../../../ui/FileButton';
import { Card } from '../../../ui/Card';
import { download } from '../../../ui/download';
import { rate, seconds } from '../../../ui/format';
import { Help } from '../../../ui/Help';
import { Reading } from '../../../ui/Reading';
import { MoreMenu } from '../more-menu';
import { smallButton } from '../small-button';
import css from '../train.module.css';
import { UndoNotice } from '../undo-notice';
import { raterName } from './form-state';
import { ratingsCsv } from './rating-export';
import { measureName, meanOf } from './rating-words';

const chance = (p: number | null): string => (p === null ? '–' : p < 0.001 ? 'p < .001' : `p ${rate(p, 3)}`);

/** The folds that stand in front: those of the run shown, else of the newest run of these data. */
export function useBoard(): { board: RatingRun[]; others: RatingRun[]; shown: RatingRun | null } {
  const runs = useRatings((s) => s.runs);
  const shownId = useRatings((s) => s.shown);
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  return useMemo(() => {
    const newest = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    const shown = runs.find((r) => r.id === shownId) ?? newest.find((r) => r.data.hash === dataHash) ?? newest[0] ?? null;
    const board = shown ? runs.filter((r) => apartBecause(r, shown) === null) : [];
    return { board, others: newest.filter((r) => !board.includes(r)), shown };
  }, [runs, shownId, dataHash]);
}

export function RatingBoard() {
  const { board, others, shown } = useBoard();
  const loaded = useRatings((s) => s.loaded);
  const removed = useRatings((s) => s.removed);
  const notice = useRatings((s) => s.notice);
  const [measure, setMeasure] = useState<RatingMeasure>('rmse');
  const order = useMemo(() => ranked(board, measure), [board, measure]);
  const outcomes = useMemo(() => againstBest(order, measure), [order, measure]);
  const all = [...order, ...others];
  const scrollable = all.length > 0 ? 0 : undefined; // a table wider than its card must scroll by keyboard too
  return (
    <Card
      title="Rating runs"
      padded={false}
      aside={
        <span className={css.asideRow}>
          <SegmentedControl size="xs" aria-label="Order by" value={measure} onChange={(v) => setMeasure(v as RatingMeasure)} data={(['rmse', 'mae', 'r'] as const).map((m) => ({ value: m, label: measureName[m] }))} />
          {all.length > 0 && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="subtle" styles={smallButton}>
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => download('rating runs.csv', ratingsCsv(order.length ? order : all), 'text/csv;charset=utf-8')}>Board (CSV)</Menu.Item>
                <Menu.Item onClick={() => download('rating runs.json', JSON.stringify(order.length ? order : all, null, 1), 'application/json')}>Board (JSON)</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          <FileButton accept="application/json,.json" multiple onChange={(files) => void ratings.importRuns(files)}>
            {(props) => (
              <Button {...props} variant="subtle" styles={smallButton}>
                Import
              </Button>
            )}
          </FileButton>
        </span>
      }
      footer={order.length <= 1 && !removed && !notice ? undefined : (
        <>
          {order.length > 1 && <Reading>{boardReading(order, outcomes, measure)}</Reading>}
          <UndoNotice deleted={removed?.name ?? null} notice={notice} onUndo={() => void ratings.undoRemove()} onDismiss={ratings.dismiss} />
        </>
      )}
    >
      <section className={css.runScroll} aria-label="Table of rating runs" tabIndex={scrollable}>
        {all.length === 0 ? (
          <p className={css.nothing}>{loaded ? 'No rating runs yet. Run one, or import its JSON.' : 'Reading stored runs…'}</p>
        ) : (
          <table className={css.runTable} data-runs>
            <caption className="visually-hidden">Rating runs, best {measureName[measure]} first; runs on other folds below</caption>
            <thead>
              <tr>
                <th scope="col">Rank</th>
                <th scope="col">Run</th>
                <th scope="col">Data, folds</th>
                <th scope="col">RMSE</th>
                <th scope="col">MAE</th>
                <th scope="col">r</th>
                <th scope="col">
                  Against the best{' '}
                  <Help term="Against the best">
                    Difference of the {measureName[measure]} to the first run’s. First p: paired t over the same ratings ({measure === 'mae' ? 'absolute' : 'squared'} errors). Second: over folds, with the variance widened because train parts overlap (Nadeau and Bengio 2003). Both after Holm’s correction. “≈” marks runs that cannot be told apart from the best at 5 % by both.
                  </Help>
                </th>
                <th scope="col">Time</th>
                <th scope="col">
                  <span className="visually-hidden">More</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {order.map((run, k) => (
                <Row key={run.id} run={run} rank={k + 1} outcome={outcomes[k] ?? null} selected={run === shown} apart={null} />
              ))}
              {others.map((run) => (
                <Row key={run.id} run={run} rank={null} outcome={null} selected={run === shown} apart={(shown && apartBecause(run, shown)) ?? 'other folds'} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </Card>
  );
}

function Row({ run, rank, outcome, selected, apart }: { run: RatingRun; rank: number | null; outcome: PairOutcome | null; selected: boolean; apart: string | null }) {
  const [rmse, mae, r] = (['rmse', 'mae', 'r'] as const).map((m) => meanOf(run, 'all', m));
  return (
    <tr data-selected={selected || undefined} data-apart={apart !== null || undefined}>
      <td>{rank ?? '–'}</td>
      <td>
        <UnstyledButton className={css.runName} aria-current={selected || undefined} title="Show its folds" onClick={() => ratings.show(run.id)}>
          {run.name}
        </UnstyledButton>
        <small>
          {rank === 1 && <span className={css.bestChip}>best here</span>}
          {raterName(run.model.id)} · seed {run.seed}
          {run.status === 'stopped' && ` · stopped after ${run.folds.length} of ${run.split.folds}`}
          <span className={css.narrowOnly}> · {run.data.name}, {apart ? `${apart}: ${run.split.name}` : run.split.name}</span>
        </small>
      </td>
      <td>
        {run.data.name}
        <small>{apart ? `${apart}: ${run.split.name}` : run.split.name}</small>
      </td>
      {[rmse!, mae!, r!].map((v, k) => (
        <td key={k}>
          {v.mean}
          <small>{v.sd}</small>
        </td>
      ))}
      <td>
        {outcome ? `${outcome.alike ? '≈ ' : ''}${outcome.difference >= 0 ? '+' : ''}${rate(outcome.difference)}` : '–'}
        <small>{outcome ? `${chance(outcome.overRatings)} · folds ${chance(outcome.overFolds)}` : ''}</small>
      </td>
      <td>{seconds(run.seconds)}</td>
      <td>
        <RowMenu run={run} />
      </td>
    </tr>
  );
}

function RowMenu({ run }: { run: RatingRun }) {
  return (
    <MoreMenu of={run.name}>
      <Menu.Item onClick={() => download(`${run.name}.json`, JSON.stringify(run, null, 1), 'application/json')}>Export run (JSON)</Menu.Item>
      <Menu.Item onClick={() => download(`${run.name}.csv`, ratingsCsv([run]), 'text/csv;charset=utf-8')}>Export folds (CSV)</Menu.Item>
      <Menu.Item onClick={() => void ratings.remove(run.id)}>Delete</Menu.Item>
    </MoreMenu>
  );
}

function boardReading(order: readonly RatingRun[], outcomes: readonly (PairOutcome | null)[], measure: RatingMeasure): string {
  const best = order[0]!;
  const alike = order.filter((_, k) => outcomes[k]?.alike).map((r) => r.name);
  const first = `${best.name} has the ${measure === 'r' ? 'highest' : 'lowest'} ${measureName[measure]} of ${order.length} runs on ${best.split.name}.`;
  if (alike.length === 0) return `${first} It can be told apart from every other at the ${LEVEL * 100} % level.`;
  return `${first} Not to be told apart from it: ${alike.join(', ')}.`;
}
