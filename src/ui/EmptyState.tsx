import type { ReactNode } from 'react';
import css from './EmptyState.module.css';

export interface EmptyStateProps {
  title: string;
  text: ReactNode;
  /** What to do next: usually one button. */
  action?: ReactNode;
}

/** A place that has nothing yet: what will be here, and the step that brings it. */
export function EmptyState({ title, text, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <svg width="64" height="30" viewBox="0 0 64 30" fill="none" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
        <path d="M3 17c9-18 18-18 29-2" stroke="var(--warm-fill)" strokeDasharray="1 5" />
        <path d="M32 15c11 16 20 16 29-2" stroke="var(--cold-fill)" strokeDasharray="1 5" />
      </svg>
      <h2>{title}</h2>
      <div className={css.text}>{text}</div>
      {action && <div className={css.action}>{action}</div>}
    </div>
  );
}
