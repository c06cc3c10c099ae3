import type { ReactNode } from 'react';
import css from './Screen.module.css';

export interface ScreenProps {
  title: string;
  subtitle?: ReactNode;
  /** Short facts beside the title: 'seed 42'. */
  chips?: string[];
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of a screen: one heading, what it is about, and the actions that belong to the whole. */
export function Screen({ title, subtitle, chips = [], actions, children }: ScreenProps) {
  return (
    <div className={css.screen}>
      <header className={css.head}>
        <h1>{title}</h1>
        {subtitle && <span className={css.sub}>{subtitle}</span>}
        {chips.map((c) => (
          <span key={c} className={css.chip}>
            {c}
          </span>
        ))}
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
