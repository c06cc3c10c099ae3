import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './Help.module.css';

/** A term with its explanation one click (or Enter) away; works by touch and keyboard as a tooltip does not. */
export function Help({ term, children }: { term: string; children: ReactNode }) {
  return (
    <Popover width={280} position="bottom-start">
      <Popover.Target>
        <UnstyledButton className={css.mark} aria-label={`What is ${term}?`}>
          ?
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css.text}>
        <strong>{term}</strong>
        <div>{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
