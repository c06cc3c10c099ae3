import { useId, type ReactNode } from 'react';
import css from './Card.module.css';

export interface CardProps {
  title?: ReactNode;
  /** Small fact or control at the right of the title. */
  aside?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  /** Inner space around the children; off for tables that reach the edge. */
  padded?: boolean;
  className?: string;
}

/** A panel: one hairline, 12 px corners, next to no shadow. With a title it is a labelled region. */
export function Card({ title, aside, footer, children, padded = true, className }: CardProps) {
  const id = useId();
  return (
    <section className={className ? `${css.card} ${className}` : css.card} aria-labelledby={title ? id : undefined}>
      {(title || aside) && (
        <div className={css.head}>
          {title && <h2 id={id}>{title}</h2>}
          {aside && <div className={css.aside}>{aside}</div>}
        </div>
      )}
      {children !== undefined && children !== null && <div className={padded ? css.body : css.bare}>{children}</div>}
      {footer && <div className={css.footer}>{footer}</div>}
    </section>
  );
}
