import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './ProgressStrip.module.css';

export interface ProgressStripProps {
  /** What is being done: 'Epoch 12 of 25'. */
  label: ReactNode;
  /** 0 to 1; null while it cannot be known. */
  value: number | null;
  /** Short facts at the right: '1.9 s an epoch', '25 s left'. */
  details?: string[];
  onStop?: () => void;
  stopLabel?: string;
  /** Work is going on: the dot is alive. Off while paused. */
  active?: boolean;
}

/** Long work in one line: what, how far, how long still, and a way out. */
export function ProgressStrip({ label, value, details = [], onStop, stopLabel = 'Stop', active = true }: ProgressStripProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div className={css.strip}>
      <span className={css.label}>
        <i className={css.dot} data-active={active} aria-hidden="true" />
        {label}
      </span>
      <progress className={css.bar} aria-label={typeof label === 'string' ? label : 'Progress'} max={1} value={share ?? undefined} />
      {details.length > 0 && (
        <span className={css.details}>
          {details.map((d) => (
            <span key={d}>{d}</span>
          ))}
        </span>
      )}
      {onStop && (
        <Button variant="default" onClick={onStop}>
          {stopLabel}
        </Button>
      )}
    </div>
  );
}
