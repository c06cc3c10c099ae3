import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './StatusBar.module.css';

/** One fact of the status bar that explains itself when pressed. */
export function StatusItem({ label, children, title, width = 320, className }: { label: ReactNode; title: string; children: ReactNode; width?: number; className?: string }) {
  return (
    <Popover width={width} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={className ? `${css.item} ${className}` : css.item}>{label}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css.popover} aria-label={title}>
        <h2>{title}</h2>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
