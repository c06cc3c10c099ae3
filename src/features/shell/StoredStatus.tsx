import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import { useSettings } from '../../app/settings';
import { storedBytes, useStorage } from '../../app/storage';
import { tabs, useTabs } from '../../app/tabs';
import { FileButton } from '../../ui/FileButton';
import { bytes } from '../../ui/format';
import { agoWords } from './ago';
import { StatusItem } from './StatusItem';
import { StoredParts } from './StoredParts';
import css from './StatusBar.module.css';
import { deleteAllAndReload, openWorkspaceFile, saveWorkspaceToFile } from './workspace-actions';

/** What is kept in this browser, and how to keep it elsewhere. */
export function StoredStatus() {
  const { revision, saving, problem } = useStorage((s) => s);
  const owner = useTabs((s) => s.owner);
  const savedToDisk = useSettings((s) => s.savedToDisk);
  const [size, setSize] = useState<number | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let ended = false;
    void storedBytes().then((n) => {
      if (!ended) setSize(n);
    });
    return () => {
      ended = true;
    };
  }, [revision]);

  useScreenCommands([
    { id: 'delete everything', group: 'Storage', label: 'Delete everything stored…', description: 'Asks first', keywords: ['clear', 'storage', 'reset'], run: () => setAsking(true) },
    ...(owner ? [] : [{ id: 'take over', group: 'Storage', label: "Store this tab's data instead of the other's", run: tabs.takeOver }]),
  ]);

  const during = async (work: Promise<void>): Promise<void> => {
    setBusy(true);
    await work;
    setBusy(false);
  };

  const label = problem ? <span className={css.bad}>Not stored</span> : !owner ? <span className={css.bad}>Not stored<span className={css.wide}>: open in another tab</span></span> : saving ? 'Storing…' : <span><span className={css.wide}>Stored on this device: </span><span className={css.narrow}>Stored </span>{size === null ? 'unknown' : bytes(size)}</span>;
  return (
    <>
      <StatusItem label={label} title="Stored on this device" width={370}>
        {(close) => (
          <>
            {problem ? (
              <p>
                <span className={css.bad}>{problem.what}</span> {problem.remedy}
              </p>
            ) : !owner ? (
              <>
                <p>Coldwave is open in another tab, and that one stores the data set. What you load or change here lasts until this tab is closed; finished runs are stored from both.</p>
                <Button variant="default" mt={8} onClick={tabs.takeOver}>
                  Store this tab's data instead
                </Button>
              </>
            ) : (
              <p>The data set, its text vectors, your runs and unfinished training are kept in this browser, for this address only. A reload brings them back. A browser may clear them, some after a week without a visit.</p>
            )}
            <StoredParts />
            <p className={css.note}>{savedToDisk ? `Last saved to a file ${agoWords(savedToDisk)}.` : 'Never saved to a file.'}</p>
            <Group gap={8} mt={10}>
              <Button loading={busy} onClick={() => void during(saveWorkspaceToFile())}>
                Save workspace
              </Button>
              <FileButton accept=".zip,application/zip" onChange={(f) => f && void during(openWorkspaceFile(f))}>
                {(props) => (
                  <Button variant="default" disabled={busy} {...props}>
                    Open…
                  </Button>
                )}
              </FileButton>
            </Group>
            <Button
              variant="subtle"
              className={css.quiet}
              onClick={() => {
                close();
                setAsking(true);
              }}
            >
              Delete everything stored…
            </Button>
          </>
        )}
      </StatusItem>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Delete everything stored?" size="sm">
        <Text size="sm">The data set, text vectors, all runs, unfinished training and settings are deleted from this browser. Files you saved are not touched. This cannot be undone.</Text>
        <Group justify="flex-end" gap={8} mt={16}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            Keep
          </Button>
          <Button onClick={() => void deleteAllAndReload()}>Delete everything</Button>
        </Group>
      </Modal>
    </>
  );
}
