import { useEffect, useState } from 'react';
import { trainerWorker } from '../../app/workers';
import { bytes, count } from '../../ui/format';
import { backendKnown } from './backend';
import { StatusItem } from './StatusItem';
import css from './StatusBar.module.css';

interface Reading {
  /** Script memory of the page and of the trainer, where the browser tells (Chromium does). */
  page: number | null;
  trainer: number | null;
  tensors: number;
  tensorBytes: number;
}

const pageHeap = (): number | null => (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? null;

async function read(): Promise<Reading> {
  // Asking starts the trainer worker, so it is asked only once the backend is known.
  const trainer = backendKnown() ? await trainerWorker.call('memory', {}).catch(() => null) : null;
  return { page: pageHeap(), trainer: trainer?.heap ?? null, tensors: trainer?.tensors ?? 0, tensorBytes: trainer?.bytes ?? 0 };
}

/** Memory in use, looked up every few seconds while the page is in sight. */
export function MemoryStatus() {
  const [now, setNow] = useState<Reading | null>(null);
  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const reading = await read();
        if (!ended) setNow(reading);
      }
      if (!ended) timer = setTimeout(() => void look(), 4000);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, []);
  if (!now) return null;
  const total = (now.page ?? 0) + (now.trainer ?? 0) + now.tensorBytes;
  if (total === 0) return null;
  return (
    <StatusItem label={`Memory ${bytes(total)}`} title="Memory in use" className={css.wide}>
      {() => (
        <>
          <dl className={css.pairs}>
            <dt>This page</dt>
            <dd>{now.page === null ? 'this browser does not say' : bytes(now.page)}</dd>
            <dt>Trainer</dt>
            <dd>{now.trainer === null ? 'this browser does not say' : bytes(now.trainer)}</dd>
            <dt>Tensors</dt>
            <dd>
              {bytes(now.tensorBytes)} in {count(now.tensors)}
            </dd>
          </dl>
          <p className={css.note}>The sum of what can be measured; the browser itself needs more.</p>
        </>
      )}
    </StatusItem>
  );
}
