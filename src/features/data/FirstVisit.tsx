import { Button } from '@mantine/core';
import { useDropzone } from 'react-dropzone';
import { undoReplace, useDataFlow } from '../../app/data';
import { openDemo, openFiles, tryDemo } from './opening';
import css from './FirstVisit.module.css';

const KNOWN = [
  ['Last.fm, HetRec 2011', 'the zip as downloaded'],
  ['MovieLens 100K and 1M', 'the zip, or its files'],
  ['SASRec text', 'one “user item” pair a line'],
  ['NCF’s MovieLens 1M', 'the zip, with its own test and negatives'],
  ['Your own tables', 'CSV, TSV, JSON or Parquet; plain, zip, gz or a folder'],
] as const;

/** Nothing is loaded: what this is, the demo one click away, and a place to drop files. */
export function FirstVisit({ busy }: { busy: boolean }) {
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({ onDrop: (files) => void openFiles(files), noClick: true, noKeyboard: true, disabled: busy });
  const previous = useDataFlow((s) => s.previous);
  return (
    <div className={css.first}>
      <div className={css.lead}>
        <h2>Train a recommender in this tab and see whether it can find what nobody has played yet.</h2>
        <p>Bring interactions, or take the demo: 900 songs of our own making, with lyrics, and a known best possible answer to measure against.</p>
        <div className={css.actions}>
          <Button onClick={() => void tryDemo()} disabled={busy} size="md" className={css.big}>
            Try the demo
          </Button>
          <Button variant="subtle" onClick={() => void openDemo()} disabled={busy}>
            Just open the demo data
          </Button>
          {previous && (
            <Button variant="default" onClick={undoReplace}>
              Bring back {previous.name}
            </Button>
          )}
        </div>
      </div>
      <div {...getRootProps({ className: css.zone, role: 'group', tabIndex: undefined, 'aria-label': 'Drop files here' })} data-accept={isDragActive || undefined}>
        <input {...getInputProps({ 'aria-label': 'Files to open' })} />
        <div className={css.zoneInner}>
          <svg width="46" height="46" viewBox="0 0 46 46" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
            <path d="M12 6h15l8 8v26H12z" />
            <path d="M27 6v8h8M23.5 20v13M18 27.5l5.500 5.500 5.500-5.500" />
          </svg>
          <strong>Drop your files here</strong>
          <span>Several at once is fine: users, items and interactions belong together.</span>
          <Button variant="default" onClick={open} disabled={busy}>
            Choose files
          </Button>
        </div>
      </div>
      <div className={css.below}>
        <div>
          <h3>What it reads</h3>
          <dl className={css.known}>
            {KNOWN.map(([name, how]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
        </div>
        <p className={css.private}>
          <b>0 bytes uploaded.</b> Files stay on this device: they are read, trained on and stored in this browser only.
        </p>
      </div>
    </div>
  );
}
