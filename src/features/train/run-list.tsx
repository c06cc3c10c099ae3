/** Every run on this device: select to draw, rename, export, take its configuration, delete with undo. */
import { Button, Checkbox, Menu, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { epochCsv, runFileName, runToJson } from '../../app/runs-transfer';
import { importRuns, removeRun, renameRun, runs as runsActions, toggleRun, undoRemove, useRuns } from '../../app/runs';
import { useTrain } from '../../app/train';
import { orderRuns, type RunEntry } from '../../app/runs-order';
import { useWorkspace } from '../../app/workspace';
import type { RunRecord } from '../../core/run';
import { FileButton } from '../../ui/FileButton';
import { Card } from '../../ui/Card';
import { download } from '../../ui/download';
import { count, interval, rate, seconds } from '../../ui/format';
import { useFileDrop } from '../../ui/use-file-drop';
import { SampledBadge } from '../../ui/SampledBadge';
import { catalogue, form, useTrainForm } from './form-state';
import { headlineOfRecord } from './shown';
import { MoreMenu } from './more-menu';
import { smallButton } from './small-button';
import css from './train.module.css';
import { UndoNotice } from './undo-notice';

export function RunList() {
  const liveSplitHash = useTrain((s) => s.live?.split?.hash ?? null);
  const liveDataHash = useTrain((s) => s.live?.dataHash ?? null);
  const liveSplit = liveSplitHash !== null && liveDataHash !== null ? { split: liveSplitHash, data: liveDataHash } : null;
  const runs = useRuns((s) => s.runs);
  const loaded = useRuns((s) => s.loaded);
  const removed = useRuns((s) => s.removed);
  const notice = useRuns((s) => s.notice);
  const { metric, k, slices } = useTrainForm((s) => s.view);
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const splitHash = useWorkspace((s) => s.splitSummary?.hash ?? null);
  const slice = slices[0] ?? 'all';

  // Compared with what is being trained now, else the split chosen on the Data screen, else the newest run of these data.
  const newestHere = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt)).find((r) => r.data.hash === dataHash);
  const reference = liveSplit ?? (splitHash && dataHash ? { split: splitHash, data: dataHash } : newestHere ? { split: newestHere.split.hash, data: newestHere.data.hash } : null);
  const scrollable = runs.length > 0 ? 0 : undefined; // a table wider than its card must scroll by keyboard too
  const key = `${metric}@${k}`;
  const entries = orderRuns(runs, reference, slice, key);

  const { target } = useFileDrop((files) => void importRuns(files));

  return (
    <Card
      title="Runs"
      padded={false}
      aside={
        <FileButton accept="application/json,.json" multiple onChange={(files) => void importRuns(files)}>
          {(props) => (
            <Button {...props} variant="subtle" styles={smallButton}>
              Import run
            </Button>
          )}
        </FileButton>
      }
      footer={
        removed || notice ? <UndoNotice deleted={removed?.name ?? null} notice={notice} onUndo={() => void undoRemove()} onDismiss={runsActions.dismiss} /> : undefined
      }
    >
      <div
        className={css.runDrop}
        {...target}
      >
        <section className={css.runScroll} aria-label="Table of runs" tabIndex={scrollable}>
        {runs.length === 0 ? (
          <p className={css.nothing}>{loaded ? 'No runs yet. Train one, or drop a run’s JSON file here.' : 'Reading stored runs…'}</p>
        ) : (
          <table className={css.runTable} data-runs>
            <caption className="visually-hidden">Runs on this device, best {key} on the test set first</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Draw</span>
                </th>
                <th scope="col">Run</th>
                <th scope="col">Data, split</th>
                <th scope="col">Best validation {key}</th>
                <th scope="col">Test HR@10</th>
                <th scope="col">Test NDCG@10</th>
                <th scope="col">Time</th>
                <th scope="col">
                  <span className="visually-hidden">More</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((e) => (
                <RunRow key={e.run.id} entry={e} metricKey={key} />
              ))}
            </tbody>
          </table>
        )}
        </section>
      </div>
    </Card>
  );
}

const protocolWords: Record<RunRecord['split']['protocol'], string> = { last: 'last one out', hash: 'portable hash', random: 'random', temporal: 'by time', file: 'own test file', listed: 'listed negatives' };

function RunRow({ entry: { run, apart, rank }, metricKey }: { entry: RunEntry; metricKey: string }) {
  const selected = useRuns((s) => s.selected.includes(run.id));
  const model = catalogue.find((c) => c.id === run.model.id)?.name ?? run.model.id;
  const best = headlineOfRecord(run)?.all.metrics[metricKey];
  const cold = run.split.spec.cold;
  const where = `${protocolWords[run.split.protocol]}, cold ${cold.kind === 'share' ? `${Math.round(cold.share * 100)} %` : `≤ ${count(cold.max)}`}`;
  const total = run.seconds.prepare + run.seconds.fit + run.seconds.evaluate;
  return (
    <tr data-apart={apart !== null || undefined} data-selected={selected || undefined}>
      <td>
        <Tooltip label={apart ?? (selected ? 'Hide from the charts' : 'Draw in the charts; select two or more to lay them over one another')}>
          <Checkbox aria-label={`Draw ${run.name}`} checked={selected} onChange={() => toggleRun(run.id)} />
        </Tooltip>
      </td>
      <td>
        <RunName run={run} />
        <small>
          {rank === 1 && <span className={css.bestChip}>best here</span>}
          {model}
          {run.text ? `, ${run.text.column}` : ''} · seed {run.seed}
          {run.status !== 'done' && ` · ${run.status}`}
          {run.selection === 'test' && ' · chosen on test'}
          {run.tuned && ` · best of ${count(run.tuned.trials)} trials`}
          <span className={css.narrowOnly}> · {run.data.name}, {apart ?? where}</span>
          <SampledBadge sampled={run.sampled} />
        </small>
      </td>
      <td>
        {run.data.name}
        <small>{apart ?? where}</small>
      </td>
      <td>
        {best ? rate(best.value) : '–'}
        <small>{run.bestEpoch ? `epoch ${run.bestEpoch} of ${run.epochs.length}` : ''}</small>
      </td>
      <TestCell run={run} metricKey="HR@10" />
      <TestCell run={run} metricKey="NDCG@10" />
      <td>{seconds(total)}</td>
      <td>
        <RunMenu run={run} />
      </td>
    </tr>
  );
}

function TestCell({ run, metricKey }: { run: RunRecord; metricKey: string }) {
  const v = run.test.all.metrics[metricKey];
  return (
    <td>
      {v ? rate(v.value) : '–'}
      {v && <small>{interval(v.low, v.high, v.value)}</small>}
    </td>
  );
}

/** The name, which becomes a field when clicked. Enter keeps, Escape leaves it as it was. */
function RunName({ run }: { run: RunRecord }) {
  const [editing, setEditing] = useState(false);
  const kept = useRef(false);
  if (!editing) {
    return (
      <UnstyledButton className={css.runName} title="Rename" onClick={() => setEditing(true)}>
        {run.name}
      </UnstyledButton>
    );
  }
  return (
    <TextInput
      size="xs"
      aria-label={`New name of ${run.name}`}
      defaultValue={run.name}
      maxLength={120}
      data-autofocus
      ref={(el) => el?.focus()}
      onBlur={(e) => {
        if (!kept.current) void renameRun(run.id, e.currentTarget.value);
        kept.current = false;
        setEditing(false);
      }}
      onKeyDown={(e) => {
        if (e.key === 'Escape') kept.current = true; // leave it as it was
        if (e.key === 'Enter' || e.key === 'Escape') e.currentTarget.blur();
      }}
    />
  );
}

function RunMenu({ run }: { run: RunRecord }) {
  return (
    <MoreMenu of={run.name}>
      <Menu.Item onClick={() => form.takeRun(run)}>Use its configuration</Menu.Item>
      <Menu.Item onClick={() => download(runFileName(run, 'json'), runToJson(run), 'application/json')}>Export run (JSON)</Menu.Item>
      <Menu.Item disabled={run.epochs.length === 0} onClick={() => download(runFileName(run, 'csv'), epochCsv(run), 'text/csv;charset=utf-8')}>
        Export epochs (CSV)
      </Menu.Item>
      <Menu.Item onClick={() => void removeRun(run.id)}>Delete</Menu.Item>
    </MoreMenu>
  );
}
