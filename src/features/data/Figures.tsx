import css from './PortraitCard.module.css';

/** Already formatted. */
export interface Figure {
  label: string;
  value: string;
  detail: string;
}

/** A row of large figures, as the cards of a data set begin with. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={css.figures}>
      {figures.map((f) => (
        <div key={f.label}>
          <dt>{f.label}</dt>
          <dd className={css.value}>{f.value}</dd>
          <dd className={css.detail}>{f.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
