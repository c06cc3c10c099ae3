import type { ReactNode } from 'react';
import { Mark, toneText, type Tone } from './Mark';
import css from './KeyFigure.module.css';

export interface KeyFigureProps {
  label: ReactNode;
  tone: Tone;
  /** Already formatted: '.1384'. */
  value: ReactNode;
  /** Already formatted: '±.016'. */
  interval?: string;
  /** n and what it compares with: 'n = 1,214 · popularity .121'. */
  detail?: ReactNode;
}

/** One large figure with what it is, how sure it is, and over how many. */
export function KeyFigure({ label, tone, value, interval, detail }: KeyFigureProps) {
  return (
    <div className={css.tile}>
      <div className={css.label}>
        <Mark tone={tone} />
        {label}
      </div>
      <div className={css.value} style={{ color: toneText(tone === 'faint' ? 'all' : tone) }}>
        {value}
        {interval && <small title="95 % interval">{interval}</small>}
      </div>
      {detail && <div className={css.detail}>{detail}</div>}
    </div>
  );
}
