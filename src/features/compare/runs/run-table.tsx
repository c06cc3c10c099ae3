/** Runs of one ground as a table: tick to compare, pin, tag, note, archive, delete. */
import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import { useState } from 'react';
import { noteRun, removeRun, renameRun } from '../../../app/runs';
import { runFileName, runToJson } from '../../../app/runs-transfer';
import { setQuery } from '../../../app/url';
import { SLICES } from '../../../core/metric';
import type { RunRecord } from '../../../core/run';
import { catalogue } from '../../../models/catalogue';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { interval, plural, rate, seconds } from '../../../ui/format';
import { SampledBadge } from '../../../ui/SampledBadge';
import { sliceTitles } from '../../train/series';
import { protocolWords } from '../leaderboard/split-words';
import { saveCapsule } from '../share/capsule-card';
import { oneLine } from '../../../ui/plot-scale';
import { NoteDialog } from './note-dialog';
import type { RunGroup, View } from './view';
import css from '../compare.module.css';

export function RunTable({ group, view, why }: { group: RunGroup; view: View; why: string | null }) {
  const [noting, setNoting] = useState<string | null>(null);
  const first = group.runs[0]!;
  const noted = group.runs.find((r) => r.id === noting);
  const toggle = (id: string): void => setQuery({ runs: (view.ids.includes(id) ? view.ids.filter((x) => x !== id) : [...view.ids, id]).join(',') || null });
  const best = Math.max(...group.runs.map((r) => r.test[view.slice].metrics[view.metric]?.value ?? -1));
  const slices = SLICES.filter((s) => s === view.slice || s === 'all' || s === 'warm' || s === 'cold');
  return (
    <Card
      title={<>{first.data.name}<span className="visually-hidden">, split {first.split.hash.slice(0, 8)}{why && `, apart: ${why}`}</span></>}
      aside={`${protocolWords(first.split.spec)} · split ${first.split.hash.slice(0, 8)} · ${plural(group.runs.length, 'run')}`}
      padded={false}
      footer={why ? `In a table of its own: ${why}.` : undefined}
    >
      <DataTable
        caption={`Runs on ${first.data.name}, split ${first.split.hash.slice(0, 8)}, best ${view.metric} (${sliceTitles[view.slice].toLowerCase()}) first`}
        maxHeight={560}
        columns={[
          { key: 'name', label: 'Run' },
          ...slices.map((s) => ({ key: s, label: s === view.slice ? <b>{`${view.metric} ${s}`}</b> : `${s}`, tone: s })),
          { key: 'seconds', label: 'Time' },
          { key: 'more', label: <span className="visually-hidden">More</span> },
        ]}
        rows={group.runs.map((run) => ({
          name: (
            <div className={css.run}>
              <Checkbox size="xs" aria-label={`Compare ${oneLine(run.name)}`} checked={view.ids.includes(run.id)} onChange={() => toggle(run.id)} />
              <div>
                <span className={css.runName} title={oneLine(run.name, 400)}>
                  {run.pinned && <span role="img" aria-label="Pinned">★ </span>}
                  {oneLine(run.name, 200) || 'No name'}
                </span>
                <small>
                  {catalogue.find((c) => c.id === run.model.id)?.name ?? run.model.id} · seed {run.seed} · {run.createdAt.slice(0, 10)}
                  {view.ids[0] === run.id && view.ids.length > 1 && ' · reference'}
                  {run.test[view.slice].metrics[view.metric]?.value === best && group.runs.length > 1 && ' · best here'}
                  {run.archived && ' · archived'}
                  {run.plan && ` · ${run.plan.title}`}
                  {run.tags?.map((t) => <span key={t} className={css.tag}>{t}</span>)}
                  <SampledBadge sampled={run.sampled} />
                </small>
                {run.notes && <small className={css.notes}>{run.notes}</small>}
              </div>
            </div>
          ),
          ...Object.fromEntries(slices.map((s) => { const v = run.test[s].metrics[view.metric]; return [s, v ? <span key={s} className={css.figure}>{rate(v.value)} <small>{interval(v.low, v.high, v.value)}</small></span> : '–']; })),
          seconds: <span className={css.figure}>{seconds(run.seconds.prepare + run.seconds.fit + run.seconds.evaluate)}</span>,
          more: <RunMenu run={run} onNote={() => setNoting(run.id)} />,
        }))}
      />
      {noted && <NoteDialog key={noted.id} of={noted} onKeep={({ name, ...said }) => void noteRun(noted.id, said).then(() => renameRun(noted.id, name))} onClose={() => setNoting(null)} />}
    </Card>
  );
}

function RunMenu({ run, onNote }: { run: RunRecord; onNote: () => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More for ${oneLine(run.name)}`}>⋯</ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onNote}>Name, notes and tags</Menu.Item>
        <Menu.Item onClick={() => void noteRun(run.id, { pinned: !run.pinned })}>{run.pinned ? 'Unpin' : 'Pin to the top'}</Menu.Item>
        <Menu.Item onClick={() => void noteRun(run.id, { archived: !run.archived })}>{run.archived ? 'Bring back from the archive' : 'Archive'}</Menu.Item>
        <Menu.Item onClick={() => download(runFileName(run, 'json'), runToJson(run), 'application/json')}>Export run (JSON)</Menu.Item>
        <Menu.Item onClick={() => saveCapsule(run)}>Export capsule</Menu.Item>
        <Menu.Item onClick={() => void removeRun(run.id)}>Delete</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
