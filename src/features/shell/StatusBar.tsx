import { ActionIcon, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { BackendStatus, GpuStatus } from './BackendStatus';
import { moonIcon, sunIcon } from './icons';
import { MemoryStatus } from './MemoryStatus';
import { StoredStatus } from './StoredStatus';
import css from './StatusBar.module.css';
import { UploadStatus } from './UploadStatus';
import { toggleTheme, type Scheme } from './use-theme';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Always in sight: what computes, what it takes, what is kept, and that nothing is sent. */
export function StatusBar({ scheme }: { scheme: Scheme }) {
  return (
    <footer className={css.bar} aria-label="Status">
      <BackendStatus />
      <GpuStatus />
      <MemoryStatus />
      <StoredStatus />
      <span className={css.space} />
      <UploadStatus />
      <UnstyledButton className={`${css.item} ${css.keys}`} onClick={spotlight.open} aria-label="Open the command palette">
        <span className={css.wideKeys}>{mac ? '⌘K' : 'Ctrl K'}</span>
        <span className={css.narrowKeys} aria-hidden="true">⋯</span>
      </UnstyledButton>
      <ActionIcon size={24} onClick={toggleTheme} aria-label={scheme === 'dark' ? 'Switch to light' : 'Switch to dark'}>
        {scheme === 'dark' ? sunIcon : moonIcon}
      </ActionIcon>
    </footer>
  );
}
