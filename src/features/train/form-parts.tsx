/** What the forms of ranking, of rating prediction and of a search have in common. */
import { Anchor, UnstyledButton } from '@mantine/core';
import type { AnyModelCard } from '../../core/model';
import { Help } from '../../ui/Help';
import panes from '../../ui/panes.module.css';
import css from './train.module.css';

/** Nothing while nothing was changed. */
export function ResetChanges({ changes, onReset }: { changes: number; onReset: () => void }) {
  if (changes === 0) return null;
  return (
    <UnstyledButton className={panes.link} onClick={onReset}>
      Reset {changes} {changes === 1 ? 'change' : 'changes'}
    </UnstyledButton>
  );
}

/** What a link asked for and could not be had. */
export function LinkProblems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <output className={panes.warning}>
      <strong>Not everything in this link could be used.</strong> {problems.join(' ')}
    </output>
  );
}

/** When to choose the model, and where it was published. */
export function ChooseWhen({ card }: { card: AnyModelCard }) {
  return (
    <p className={css.hint}>
      {card.chooseWhen}{' '}
      {card.paper && (
        <Help term={card.paper.title}>
          {card.paper.authors}, {card.paper.year}.{' '}
          {card.paper.url && (
            <Anchor href={card.paper.url} target="_blank" rel="noreferrer" inherit>
              Open the paper
            </Anchor>
          )}
        </Help>
      )}
    </p>
  );
}

/** Unfolds what stands in the element `controls`. */
export function MoreSettings({ settings, open, controls, onToggle }: { settings: number; open: boolean; controls: string; onToggle: () => void }) {
  return (
    <UnstyledButton className={panes.link} aria-expanded={open} aria-controls={controls} onClick={onToggle}>
      {open ? 'Fewer settings' : `${settings} more ${settings === 1 ? 'setting' : 'settings'}`} <span aria-hidden="true">{open ? '▾' : '▸'}</span>
    </UnstyledButton>
  );
}
