/** What each epoch brought: best epoch marked, the last few in sight, all on demand; the reading underneath. */
import { Button, UnstyledButton } from '@mantine/core';
import { memo, useState } from 'react';
import { epochCsv } from '../../app/runs-transfer';
import type { SliceId } from '../../core/metric';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { download, fileName } from '../../ui/download';
import { interval, rate, seconds } from '../../ui/format';
import { Reading } from '../../ui/Reading';
import { lastWithBest } from './epoch-rows';
import { useTrainForm } from './form-state';
import { readingOf } from './reading';
import { sameEpochs, type ShownRun } from './shown';
import { smallButton } from './small-button';
import panes from '../../ui/panes.module.css';
import css from './train.module.css';

const SHORT = 3;

export const EpochTable = memo(EpochTableNow, (a, b) => a.named === b.named && sameEpochs([a.run], [b.run]));

function EpochTableNow({ run, named }: { run: ShownRun; named: boolean }) {
  const { metric, k } = useTrainForm((s) => s.view);
  const [whole, setWhole] = useState(false);
  const companion = metric === 'NDCG' ? 'HR' : 'NDCG';
  const keys = [`${metric}@${k}`, `${companion}@${k}`] as const;
  const slices: SliceId[] = ['all', 'warm', 'cold'];
  const shown = whole ? run.epochs : lastWithBest(run.epochs, run.bestEpoch, SHORT);
  const sentences = [...readingOf(run, metric, k).sentences, ...(run.notes ? [run.notes] : [])];

  const columns = [
    { key: 'epoch', label: 'Epoch' },
    { key: 'loss', label: 'Loss', align: 'right' as const },
    ...keys.flatMap((m) => slices.map((s) => ({ key: `${m} ${s}`, label: s === 'all' ? `${m} all` : s, align: 'right' as const, ...(s === 'all' ? {} : { tone: s }) }))),
    { key: 'seconds', label: 'Seconds', align: 'right' as const },
  ];
  const rows = shown.map((e) => {
    const best = e.epoch === run.bestEpoch;
    return {
      epoch: (
        <>
          {e.epoch}
          {best && <span className={css.bestChip}>{run.live ? 'best so far' : 'best'}</span>}
        </>
      ),
      loss: e.loss === null ? '–' : rate(e.loss),
      ...Object.fromEntries(
        keys.flatMap((m, which) =>
          slices.map((s) => {
            const v = e.validation?.[s].metrics[m];
            return [
              `${m} ${s}`,
              v ? (
                <>
                  {rate(v.value)}
                  {which === 0 && s === 'all' && <span className={css.ci}>{interval(v.low, v.high, v.value)}</span>}
                </>
              ) : (
                '–'
              ),
            ];
          }),
        ),
      ),
      seconds: seconds(e.seconds + e.evaluateSeconds),
    };
  });

  return (
    <Card
      title={named ? `Epochs of ${run.name}` : 'Epochs'}
      padded={false}
      aside={
        <span className={css.asideRow}>
          {run.epochs.length > SHORT && (
            <UnstyledButton className={panes.link} aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? 'Only the last' : `All ${run.epochs.length}`}
            </UnstyledButton>
          )}
          <Button variant="subtle" styles={smallButton} onClick={() => download(fileName(`${run.name} epochs.csv`), epochCsv(run), 'text/csv;charset=utf-8')}>
            CSV
          </Button>
        </span>
      }
      footer={sentences.length > 0 ? <Reading>{sentences.join(' ')}</Reading> : undefined}
    >
      <DataTable highlight={shown.findIndex((e) => e.epoch === run.bestEpoch)} caption={`Loss and validation by epoch of ${run.name}`} columns={columns} rows={rows} maxHeight={420} />
    </Card>
  );
}
