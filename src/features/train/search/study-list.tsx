/** Every search on this device: show, resume, delete with undo. */
import { Button, UnstyledButton } from '@mantine/core';
import { dismissRemoved, removeStudy, resumeStudy, undoRemoveStudy, useSearches } from '../../../app/search';
import { doneCount, statusOf, taskOf, trialsOf, winnerOf, type StudyEntry, type StudyTask } from '../../../app/search/study';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { rate, seconds } from '../../../ui/format';
import { smallButton } from '../small-button';
import { UndoNotice } from '../undo-notice';
import { fail, showStudy } from './search-state';
import { statusWords } from './words';
import train from '../train.module.css';
import css from './search.module.css';

export function resume(study: StudyEntry): void {
  try {
    showStudy(study.id);
    resumeStudy(study.id);
  } catch (error) {
    fail(error);
  }
}

export function StudyList({ task, shown }: { task: StudyTask; shown: string | null }) {
  const studies = useSearches((s) => s.studies).filter((s) => taskOf(s.spec) === task);
  const removed = useSearches((s) => s.removed);
  if (studies.length === 0 && !removed) return null;
  const rows = studies.map((s) => {
    const n = winnerOf(s);
    const status = statusOf(s);
    return {
      name: (
        <UnstyledButton className={css.study} aria-current={s.id === shown || undefined} onClick={() => showStudy(s.id)}>
          {s.spec.title}
        </UnstyledButton>
      ),
      data: <span className={css.line}>{s.spec.dataName}</span>,
      status: <span className={css.line}>{statusWords[status]}</span>,
      trials: <span className={css.line}>{`${doneCount(s)} of ${trialsOf(s)}`}</span>,
      best: n === null ? '–' : rate(s.trials[n]!.record!.score.value),
      spent: <span className={css.line}>{seconds(s.spent)}</span>,
      more: (
        <span className={css.rowActions}>
          {status === 'stopped' && (
            <Button variant="default" styles={smallButton} aria-label={`Resume ${s.spec.title}`} onClick={() => resume(s)}>
              Resume
            </Button>
          )}
          <Button variant="subtle" styles={smallButton} aria-label={`Delete ${s.spec.title}`} onClick={() => void removeStudy(s.id)}>
            Delete
          </Button>
        </span>
      ),
    };
  });
  return (
    <Card
      title="Searches"
      padded={false}
      footer={
        removed ? <UndoNotice deleted={removed.spec.title} onUndo={() => void undoRemoveStudy()} onDismiss={dismissRemoved} /> : undefined
      }
    >
      {rows.length === 0 ? (
        <p className={train.nothing}>No searches yet.</p>
      ) : (
        <DataTable
          caption="Searches on this device"
          maxHeight={300}
          highlight={studies.findIndex((s) => s.id === shown)}
          columns={[{ key: 'name', label: 'Search' }, { key: 'data', label: 'Data', align: 'left' }, { key: 'status', label: 'State', align: 'left' }, { key: 'trials', label: 'Trials' }, { key: 'best', label: task === 'predict' ? 'Best RMSE' : 'Best NDCG@10' }, { key: 'spent', label: 'Time' }, { key: 'more', label: <span className="visually-hidden">More</span> }]}
          rows={rows}
        />
      )}
    </Card>
  );
}
