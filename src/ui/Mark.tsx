import css from './Mark.module.css';

/** What a colour means; 'faint' is for baselines and everything without a meaning of its own. */
export type Tone = 'all' | 'warm' | 'cold' | 'new' | 'faint';

/** A tone's shape, which always goes with its colour: circle for all and warm, square for cold, triangle for new. */
export function Mark({ tone, size = 9 }: { tone: Tone; size?: number }) {
  return (
    <svg className={css.mark} data-tone={tone} width={size} height={size} viewBox="0 0 10 10" aria-hidden="true">
      {tone === 'cold' ? <rect width="10" height="10" rx="2" /> : tone === 'new' ? <path d="M5 0.4 10 9.6H0z" /> : tone === 'faint' ? <path d="M0 4h3.2v2H0zM6.8 4H10v2H6.8z" /> : <circle cx="5" cy="5" r="5" />}
    </svg>
  );
}

/** Text tone of a meaning, as CSS. */
export const toneText = (tone: Tone): string => `var(--${tone})`;
/** Fill of a meaning, for marks and lines. */
export const toneFill = (tone: Tone): string => (tone === 'all' || tone === 'faint' ? `var(--${tone})` : `var(--${tone}-fill)`);
