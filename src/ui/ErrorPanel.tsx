import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './ErrorPanel.module.css';

export interface ErrorPanelProps {
  title?: string;
  what: string;
  place?: string;
  remedy?: ReactNode;
  onDismiss?: () => void;
}

/** An error a person can act on: what is wrong, where, what to do. Announced at once. */
export function ErrorPanel({ title = 'That did not work', what, place, remedy, onDismiss }: ErrorPanelProps) {
  return (
    <div className={css.panel} role="alert">
      <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" className={css.icon} aria-hidden="true">
        <path d="M9 2 16.5 15.5H1.5z" strokeLinejoin="round" />
        <path d="M9 7v4M9 13.2v.1" />
      </svg>
      <div className={css.text}>
        <strong>{title}</strong>
        <p>{what}</p>
        {place && <p className={css.place}>{place}</p>}
        {remedy && <p className={css.remedy}>{remedy}</p>}
      </div>
      {onDismiss && <CloseButton aria-label="Dismiss" onClick={onDismiss} />}
    </div>
  );
}
