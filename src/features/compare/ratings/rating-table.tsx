/** Rating runs on the same folds as a table: tick to compare, pin, tag, note, archive, delete. */
import { Button, Checkbox, Menu } from '@mantine/core';
import { useState } from 'react';
import { toLatex } from '../../../analysis/export-latex';
import { toMarkdown } from '../../../analysis/export-markdown';
import { apartBecause } from '../../../analysis/rating-board';
import { foldSpread } from '../../../analysis/rating-compare';
import { ratingTable } from '../../../analysis/rating-table';
import { ratings } from '../../../app/ratings';
import { setQuery } from '../../../app/url';
import { overFolds, type RatingMeasure, type RatingRun } from '../../../core/rating-run';
import { raters } from '../../../models/catalogue';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { interval, plural, rate, seconds } from '../../../ui/format';
import { MoreMenu } from '../../train/more-menu';
import { ratingsCsv } from '../../train/ratings/rating-export';
import { measureName } from '../../train/ratings/rating-words';
import { oneLine } from '../../../ui/plot-scale';
import { NoteDialog } from '../runs/note-dialog';
import css from '../compare.module.css';
import type { RatingGroup } from './view';

interface Props {
  group: RatingGroup;
  measure: RatingMeasure;
  ids: readonly string[];
  /** Why it is not one table with the one before. */
  why: string | null;
}

export function RatingTable({ group, measure, ids, why }: Props) {
  const [noting, setNoting] = useState<string | null>(null);
  const first = group.runs[0]!;
  const noted = group.runs.find((r) => r.id === noting);
  const toggle = (id: string): void => setQuery({ runs: (ids.includes(id) ? ids.filter((x) => x !== id) : [...ids, id]).join(',') || null });
  const ground = { data: first.data, split: first.split };
  const standing = group.runs.filter((r) => apartBecause(r, ground) === null);
  const of = (r: RatingRun): number | null => overFolds(r.folds, 'all', measure).mean;
  const values = standing.flatMap((r) => of(r) ?? []);
  const best = values.length > 1 ? (measure === 'r' ? Math.max(...values) : Math.min(...values)) : null;
  const shown = (['rmse', 'mae', 'r'] as const).map((m) => ({ m, label: m === measure ? <b>{measureName[m]}</b> : measureName[m] }));
  return (
    <Card title={<>{first.data.name}<span className="visually-hidden">, ratings, folds {first.split.hash.slice(0, 8)}</span></>} aside={<span className={css.buttons}>{`${first.split.name} · folds ${first.split.hash.slice(0, 8)} · ${plural(group.runs.length, 'run')}`}{standing.length > 0 && <ExportMenu runs={standing} measure={measure} />}</span>} padded={false} footer={why ? `In a table of its own: ${why}.` : undefined}>
      <DataTable
        caption={`Rating runs on ${first.data.name}, ${first.split.name}, best ${measureName[measure]} first`}
        maxHeight={560}
        columns={[
          { key: 'name', label: 'Run' },
          ...shown.map(({ m, label }) => ({ key: m, label })),
          { key: 'warm', label: 'warm', tone: 'warm' as const },
          { key: 'cold', label: 'cold', tone: 'cold' as const },
          { key: 'more', label: <span className="visually-hidden">More</span> },
        ]}
        rows={group.runs.map((run) => ({
          name: (
            <div className={css.run}>
              <Checkbox size="xs" aria-label={`Compare ${oneLine(run.name)}`} checked={ids.includes(run.id)} onChange={() => toggle(run.id)} />
              <div>
                <span className={css.runName} title={oneLine(run.name, 400)}>
                  {run.pinned && <span role="img" aria-label="Pinned">★ </span>}
                  {oneLine(run.name, 200) || 'No name'}
                </span>
                <small>
                  {raters.find((c) => c.id === run.model.id)?.name ?? run.model.id} · seed {run.seed} · {seconds(run.seconds)} · {run.createdAt.slice(0, 10)}
                  {ids[0] === run.id && ids.length > 1 && ' · reference'}
                  {run.status !== 'stopped' && of(run) !== null && of(run) === best && ' · best here'}
                  {run.status === 'stopped' && ` · stopped after ${run.folds.length} of ${run.split.folds} folds`}
                  {run.tuned && ` · best of ${plural(run.tuned.trials, 'trial')}`}
                  {run.archived && ' · archived'}
                  {run.tags?.map((t) => <span key={t} className={css.tag}>{t}</span>)}
                </small>
                {run.notes && <small className={css.notes}>{run.notes}</small>}
              </div>
            </div>
          ),
          ...Object.fromEntries(shown.map(({ m }) => [m, <Figure key={m} run={run} slice="all" measure={m} />])),
          warm: <Figure run={run} slice="warm" measure={measure} />,
          cold: <Figure run={run} slice="cold" measure={measure} />,
          more: <RatingMenu run={run} onNote={() => setNoting(run.id)} />,
        }))}
      />
      {noted && <NoteDialog key={noted.id} of={noted} onKeep={(patch) => void ratings.note(noted.id, patch)} onClose={() => setNoting(null)} />}
    </Card>
  );
}

/** The finished runs of a table as files. */
function ExportMenu({ runs, measure }: { runs: readonly RatingRun[]; measure: RatingMeasure }) {
  const save = (ending: string, text: string, type: string): void => download(`coldwave ratings ${runs[0]!.data.name.slice(0, 80)}.${ending}`, text, type);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-xs" aria-label={`Export the table of ${oneLine(runs[0]!.data.name, 80)}, ${runs[0]!.split.name}`}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('tex', toLatex(ratingTable(runs, measure)), 'application/x-tex;charset=utf-8')}>LaTeX (booktabs)</Menu.Item>
        <Menu.Item onClick={() => save('md', toMarkdown(ratingTable(runs, measure)), 'text/markdown;charset=utf-8')}>Markdown</Menu.Item>
        <Menu.Item onClick={() => save('csv', ratingsCsv(runs), 'text/csv;charset=utf-8')}>Every fold (CSV)</Menu.Item>
        <Menu.Item onClick={() => save('json', JSON.stringify(runs, null, 1), 'application/json')}>Every run (JSON)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Mean over folds with its interval. */
function Figure({ run, slice, measure }: { run: RatingRun; slice: 'all' | 'warm' | 'cold'; measure: RatingMeasure }) {
  const s = foldSpread(run, slice, measure);
  if (!s) return <>–</>;
  return (
    <span className={css.figure}>
      {rate(s.mean)} {measure !== 'r' && s.low !== null && s.high !== null && <small>{interval(s.low, s.high, s.mean)}</small>}
    </span>
  );
}

function RatingMenu({ run, onNote }: { run: RatingRun; onNote: () => void }) {
  return (
    <MoreMenu of={oneLine(run.name)}>
      <Menu.Item onClick={onNote}>Name, notes and tags</Menu.Item>
      <Menu.Item onClick={() => void ratings.note(run.id, { pinned: !run.pinned })}>{run.pinned ? 'Unpin' : 'Pin to the top'}</Menu.Item>
      <Menu.Item onClick={() => void ratings.note(run.id, { archived: !run.archived })}>{run.archived ? 'Bring back from the archive' : 'Archive'}</Menu.Item>
      <Menu.Item onClick={() => download(`${run.name}.json`, JSON.stringify(run, null, 1), 'application/json')}>Export run (JSON)</Menu.Item>
      <Menu.Item onClick={() => download(`${run.name}.csv`, ratingsCsv([run]), 'text/csv;charset=utf-8')}>Export folds (CSV)</Menu.Item>
      <Menu.Item onClick={() => void ratings.remove(run.id)}>Delete</Menu.Item>
    </MoreMenu>
  );
}
