import { Popover, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import css from './StatusBar.module.css';

interface Props {
  label: ReactNode;
  title: string;
  /** Drawn while it is open; given a way to close it. */
  children: (close: () => void) => ReactNode;
  width?: number;
  className?: string | undefined;
}

/** One fact of the status bar that explains itself when pressed. */
export function StatusItem({ label, children, title, width = 320, className }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover width={width} position="top-start" trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <UnstyledButton className={className ? `${css.item} ${className}` : css.item} onClick={() => setOpened(!opened)}>
          {label}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css.popover} aria-label={title}>
        <h2>{title}</h2>
        {opened && children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  );
}
