import type { ReactNode } from 'react';
import { anchorOf, SECTIONS, type SectionId } from './sections';
import css from './explore.module.css';

export function Section({ id, title, aside, children }: { id: SectionId; title?: string; aside?: ReactNode; children: ReactNode }) {
  const about = SECTIONS.find((s) => s.id === id)!;
  return (
    <section id={anchorOf(id)} className={css.section} aria-label={title ?? about.title} tabIndex={-1}>
      <div className={css.sectionHead}>
        <h2>{title ?? about.title}</h2>
        <p>{about.question}</p>
        {aside}
      </div>
      {children}
    </section>
  );
}
