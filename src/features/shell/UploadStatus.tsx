import { bytes, plural } from '../../ui/format';
import { StatusItem } from './StatusItem';
import css from './StatusBar.module.css';
import { fetchedByHost, useUploaded } from './uploads';

/** How much this page has sent anywhere, measured. */
export function UploadStatus() {
  const sent = useUploaded();
  return (
    <StatusItem
      title="What leaves this device"
      label={
        <span>
          <b className={sent > 0 ? css.bad : undefined}>{sent === 0 ? '0 bytes' : bytes(sent)}</b> uploaded
        </span>
      }
    >
      {() => (
        <>
          <p>Your files are read, stored and trained on inside this tab; there is no server that could take them. The figure counts the contents of every request this page sends.</p>
          <p className={css.note}>Things do come in: the page's own files and, only if you agree to it, an encoder from a model hub. The workers fetch such files too and are not in the count below; the browser's network panel shows them all.</p>
          <Fetched />
        </>
      )}
    </StatusItem>
  );
}

/** Drawn only when the popover opens, so it is up to date. */
function Fetched() {
  return (
    <dl className={css.pairs}>
      {fetchedByHost().map((h) => (
        <div key={h.host} className={css.pair}>
          <dt>from {h.host}</dt>
          <dd>
            {plural(h.files, 'file')}, {bytes(h.bytes)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
