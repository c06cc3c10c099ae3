import type { ReactNode } from 'react';
import css from './Reading.module.css';

/** One sentence under a result that says what it means, computed from the data. */
export function Reading({ children }: { children: ReactNode }) {
  return (
    <p className={css.reading}>
      <b>Reading:</b> {children}
    </p>
  );
}
