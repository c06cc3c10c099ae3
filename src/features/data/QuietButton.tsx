import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './QuietButton.module.css';

/** A small action in a card's head: reads like a note, works like a button. */
export function QuietButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <UnstyledButton className={css.quiet} onClick={onClick}>
      {children}
    </UnstyledButton>
  );
}
