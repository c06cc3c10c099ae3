/** Whether the right file is loaded, and a place to drop it. */
import { Button, FileButton } from '@mantine/core';
import { useState, type DragEvent, type ReactNode } from 'react';
import { cleaningOf, dataFits, type Fit, type PublishedTable } from '../../../analysis/claims';
import { dataFlow, openFiles, setRules, useDataFlow } from '../../../app/data';
import { workspace } from '../../../app/workspace';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count } from '../../../ui/format';
import { SampledBadge } from '../../../ui/SampledBadge';
import css from './reproduce.module.css';

export function DataCard({ table, fit, children }: { table: PublishedTable; fit: Fit; children: ReactNode }) {
  const work = useDataFlow((s) => s.work);
  const error = useDataFlow((s) => s.error);
  const [over, setOver] = useState(false);
  const bring = (files: readonly File[]): void => {
    void openFiles(files).then((loaded) => {
      if (loaded && dataFits(table, workspace.getState().data).kind === 'clean') setRules(cleaningOf(table));
    });
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    bring([...event.dataTransfer.files]);
  };
  return (
    <Card title={<>{table.title}{table.split?.protocol === 'listed' && <> <SampledBadge sampled={{ origin: 'listed', negatives: 99 }} /></>}</>}>
      <div
        className={css.data}
        data-over={over || undefined}
        onDragOver={(e) => {
          if (!e.dataTransfer.types.includes('Files')) return;
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p className={css.note}>{table.note}</p>
        <div className={css.fit} data-fits={fit.kind === 'fits' || undefined}>
          <span>
            {fit.kind === 'fits' ? (
              <>
                <b>The right data are loaded:</b> {count(table.counts.interactions)} interactions, {count(table.counts.users)} users, {count(table.counts.items)} items, as the figures need.
              </>
            ) : (
              <>
                <b>{fit.kind === 'clean' ? 'Nearly.' : 'Not these data.'}</b> {fit.why} {fit.kind === 'other' && 'Drop it here; it is read on this device and replaces what is loaded.'}
              </>
            )}
          </span>
          {fit.kind === 'clean' && <Button onClick={() => setRules(cleaningOf(table))}>Apply the table’s cleaning</Button>}
          {fit.kind === 'other' && (
            <FileButton accept=".zip,application/zip" onChange={(file) => file && bring([file])} inputProps={{ 'aria-label': `File ${table.file}` }}>
              {(props) => (
                <Button {...props} variant="default" loading={work !== null}>
                  Choose {table.file}
                </Button>
              )}
            </FileButton>
          )}
        </div>
        {error && <ErrorPanel what={error.what} remedy={error.remedy} onDismiss={() => dataFlow.setState({ error: null })} />}
        {children}
      </div>
    </Card>
  );
}
