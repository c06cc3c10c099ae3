import { Button } from '@mantine/core';
import { useScreenCommands } from '../../app/commands';
import { dismissError, stopWork, useDataFlow } from '../../app/data';
import { navigate } from '../../app/url';
import { loneTable } from '../../core/lone-table';
import { useWorkspace } from '../../app/workspace';
import { FileButton } from '../../ui/FileButton';
import { chooseFiles } from '../../ui/choose-files';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { Screen } from '../../ui/Screen';
import { DataSetView } from './DataSetView';
import { DropAnywhere } from './DropAnywhere';
import { FirstVisit } from './FirstVisit';
import { MappingStep } from './MappingStep';
import { closeDataSet, openDemo, openFiles } from './opening';
import { placeText } from './words';
import css from './DataScreen.module.css';

/** "What have I got, and is it fit to train on?" */
export function DataScreen() {
  const facts = useWorkspace((s) => s.data);
  const work = useDataFlow((s) => s.work);
  const error = useDataFlow((s) => s.error);
  const pending = useDataFlow((s) => s.pending);
  const hasText = facts?.items.some((c) => c.kind === 'text') ?? false;
  useScreenCommands([
    { id: 'data open', group: 'Data', label: facts ? 'Open other files' : 'Open files', keywords: ['upload', 'CSV', 'zip'], run: () => chooseFiles((files) => void openFiles(files), { multiple: true }) },
    { id: 'data demo', group: 'Data', label: 'Just open the demo data', run: () => void openDemo() },
    ...(facts && !pending ? [{ id: 'data close', group: 'Data', label: 'Close the data set', run: closeDataSet }] : []),
    ...(work ? [{ id: 'data stop', group: 'Data', label: 'Stop reading', run: stopWork }] : []),
  ]);
  const actions = facts && !pending && (
    <>
      <Button variant="subtle" onClick={closeDataSet}>
        Close data set
      </Button>
      <FileButton multiple onChange={(files) => void openFiles(files)} inputProps={{ 'aria-label': 'Other files to open' }}>
        {(props) => (
          <Button variant="default" {...props}>
            Open other files
          </Button>
        )}
      </FileButton>
      {hasText && (
        <Button variant="default" onClick={() => navigate('text')}>
          Embed texts
        </Button>
      )}
      {loneTable(facts.counts) ? <Button onClick={() => navigate('explore')}>Explore</Button> : <Button onClick={() => navigate('train')}>Train a model</Button>}
    </>
  );
  return (
    <Screen title={pending ? 'Map columns' : 'Data'} subtitle={pending ? pending.name : facts?.name} chips={facts && !pending ? [`data ${facts.hash.slice(0, 8)}`] : []} actions={actions}>
      <DropAnywhere current={facts?.name ?? null} />
      {(error || work) && (
        <div className={css.top}>
          {work && <ProgressStrip label={work.label} value={work.value} details={work.details} onStop={stopWork} />}
          {error && <ErrorPanel title={facts ? `That did not work; ${facts.name} is still loaded` : undefined} what={error.what} place={placeText(error.place)} remedy={error.remedy} onDismiss={dismissError} />}
        </div>
      )}
      {pending ? <MappingStep pending={pending} current={facts?.name ?? null} /> : facts ? <DataSetView facts={facts} /> : <FirstVisit busy={work !== null} />}
    </Screen>
  );
}
