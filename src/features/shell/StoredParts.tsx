import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { Freeable } from '../../app/free-storage';
import { useStorage } from '../../app/storage';
import type { PartId, StoredPart } from '../../app/stored-parts';
import { bytes, plural } from '../../ui/format';
import css from './StatusBar.module.css';
import { tellProblem } from './workspace-actions';

/** In words: what it is, what one of it is called, and what giving it up means. Data and vectors are closed on their screens. */
const WORDS: Record<PartId, { name: string; one?: string; lost?: string }> = {
  data: { name: 'Data set' },
  vectors: { name: 'Text vectors', one: 'set' },
  runs: { name: 'Runs', one: 'run', lost: 'Pinned runs stay.' },
  unfinished: { name: 'Unfinished training', one: 'run', lost: 'They can no longer be resumed.' },
  weights: { name: 'Model weights', one: 'model', lost: 'A model is fitted again when Recommend asks for it.' },
  plans: { name: 'Plans of runs', one: 'plan', lost: 'Their finished runs stay.' },
  searches: { name: 'Searches', one: 'search', lost: '' },
  ratings: { name: 'Rating runs', one: 'run', lost: '' },
  'text-cache': { name: 'Texts embedded before', one: 'block', lost: 'They are embedded again when needed.' },
  encoders: { name: 'Encoder files', one: 'file', lost: 'They are fetched again when needed.' },
};
const many = (n: number, one: string): string => (one === 'search' && n !== 1 ? `${n} searches` : plural(n, one));

/** Read when the popover opens, and again with every change. */
export function StoredParts() {
  const revision = useStorage((s) => s.revision);
  const [parts, setParts] = useState<StoredPart[] | null>(null);
  const [busy, setBusy] = useState<PartId | null>(null);
  useEffect(() => {
    let ended = false;
    void import('../../app/stored-parts').then((m) => m.storedParts()).then(
      (found) => ended || setParts(found),
      () => ended || setParts([]),
    );
    return () => {
      ended = true;
    };
  }, [revision]);

  const drop = async (part: StoredPart): Promise<void> => {
    const { name, lost } = WORDS[part.id];
    setBusy(part.id);
    try {
      const { free } = await import('../../app/free-storage');
      const undo = await free(part.id as Freeable);
      const id = `freed ${part.id}`;
      notifications.show({
        id,
        title: `${name}: ${bytes(part.bytes)} freed`,
        message: undo ? (
          <Button
            variant="default"
            mt={6}
            onClick={() => {
              notifications.hide(id);
              undo().catch((error: unknown) => tellProblem('It could not be brought back', error));
            }}
          >
            Undo
          </Button>
        ) : (
          lost
        ),
        autoClose: undo ? 15_000 : 6000,
        withBorder: true,
      });
    } catch (error) {
      tellProblem(`${name} could not be freed`, error);
    } finally {
      setBusy(null);
    }
  };

  if (parts === null) return <p className={css.note}>Measuring…</p>;
  if (parts.length === 0) return null;
  return (
    <table className={css.parts}>
      <caption className="visually-hidden">What is stored, and what can be freed</caption>
      <tbody>
        {parts.map((part) => {
          const { name, one, lost } = WORDS[part.id];
          return (
            <tr key={part.id}>
              <th scope="row">
                {name}
                {one && <span className={css.faint}> {many(part.count, one)}</span>}
              </th>
              <td>{bytes(part.bytes)}</td>
              <td>
                {lost !== undefined && (
                  <Button variant="subtle" size="compact-xs" title={lost || undefined} aria-label={`Free ${name.toLowerCase()}, ${bytes(part.bytes)}`} loading={busy === part.id} disabled={busy !== null} onClick={() => void drop(part)}>
                    Free
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
