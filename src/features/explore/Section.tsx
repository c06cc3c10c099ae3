import type { ReactNode } from 'react';
import { anchorOf, SECTIONS, type SectionId } from './sections';
import css from './explore.module.css';

export function Section({ id, title, question, aside, children }: { id: SectionId; title?: string; question?: string; aside?: ReactNode; children: ReactNode }) {
  const about = SECTIONS.find((s) => s.id === id)!;
  return (
    <section id={anchorOf(id)} className={css.section} aria-label={title ?? about.title} tabIndex={-1}>
      <div className={css.sectionHead}>
        <h2>{title ?? about.title}</h2>
        <p>{question ?? about.question}</p>
        {aside}
      </div>
      {children}
    </section>
  );
}
