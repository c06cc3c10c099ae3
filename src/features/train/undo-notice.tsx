import { Button } from '@mantine/core';
import { smallButton } from './small-button';
import css from './train.module.css';

/** What was deleted, with Undo, or else something to be told once. Nothing where there is neither. */
export function UndoNotice({ deleted, notice = null, onUndo, onDismiss }: { deleted: string | null; notice?: string | null; onUndo: () => void; onDismiss: () => void }) {
  if (deleted === null && !notice) return null;
  return (
    <output className={css.undo}>
      {deleted === null ? (
        notice
      ) : (
        <>
          Deleted “{deleted}”.{' '}
          <Button variant="default" styles={smallButton} onClick={onUndo}>
            Undo
          </Button>
        </>
      )}
      <Button variant="subtle" styles={smallButton} onClick={onDismiss}>
        Dismiss
      </Button>
    </output>
  );
}
