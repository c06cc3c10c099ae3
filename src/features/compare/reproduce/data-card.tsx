/** Whether the right file is loaded, and a place to drop it. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { cleaningOf, dataFits, type Fit, type PublishedTable } from '../../../analysis/claims';
import { dataFlow, openFiles, setRules, useDataFlow } from '../../../app/data';
import { workspace } from '../../../app/workspace';
import { FileButton } from '../../../ui/FileButton';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count } from '../../../ui/format';
import { SampledBadge } from '../../../ui/SampledBadge';
import { useFileDrop } from '../../../ui/use-file-drop';
import { findTestFile } from './test-file';
import css from './reproduce.module.css';

export function DataCard({ table, fit, onTestFile, children }: { table: PublishedTable; fit: Fit; onTestFile?: (file: File) => void; children: ReactNode }) {
  const work = useDataFlow((s) => s.work);
  const error = useDataFlow((s) => s.error);
  const bring = async (files: readonly File[]): Promise<void> => {
    const test = table.testFile ? await findTestFile(files, table.testFile) : null;
    if (test) onTestFile?.(test);
    // The data are there already: nothing else is taken from the file.
    if (test && dataFits(table, workspace.getState().data, test).kind === 'fits') return;
    if ((await openFiles(files)) && dataFits(table, workspace.getState().data).kind === 'clean') setRules(cleaningOf(table));
  };
  const { target } = useFileDrop((files) => void bring(files));
  return (
    <Card title={<>{table.title}{table.split?.protocol === 'listed' && <> <SampledBadge sampled={{ origin: 'listed', negatives: 99 }} /></>}</>}>
      <div
        className={css.data}
        {...target}
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
                <b>{fit.kind === 'other' ? 'Not these data.' : 'Nearly.'}</b> {fit.why} {fit.kind === 'other' && 'Drop it here; it is read on this device and replaces what is loaded.'}
                {fit.kind === 'test' && 'Drop it here once more: only that is taken from it.'}
              </>
            )}
          </span>
          {fit.kind === 'clean' && <Button onClick={() => setRules(cleaningOf(table))}>Apply the table’s cleaning</Button>}
          {(fit.kind === 'other' || fit.kind === 'test') && (
            <FileButton accept=".zip,application/zip" onChange={(file) => file && void bring([file])} inputProps={{ 'aria-label': `File ${table.file}` }}>
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
