/** A value with its interval as a dot on a line, on the scale all rows share. Decoration: the numbers stand beside it. */
import css from './leaderboard.module.css';

const W = 120;
const H = 16;

export function IntervalStrip({ value, low, high, from, to, baseline }: { value: number; low: number | null; high: number | null; from: number; to: number; baseline: boolean }) {
  const x = (v: number): number => 4 + (to > from ? ((v - from) / (to - from)) * (W - 8) : (W - 8) / 2);
  return (
    <svg width={W} height={H} viewBox={`0 0 ${W} ${H}`} className={css.strip} data-baseline={baseline || undefined} aria-hidden="true">
      <line x1="4" x2={W - 4} y1={H / 2} y2={H / 2} className={css.stripAxis} />
      {low !== null && high !== null && <line x1={x(low)} x2={x(high)} y1={H / 2} y2={H / 2} className={css.stripLine} />}
      <circle cx={x(value)} cy={H / 2} r="3.5" />
    </svg>
  );
}
