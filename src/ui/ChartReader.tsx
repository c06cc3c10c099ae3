import css from './ChartFrame.module.css';

export interface ChartReaderProps {
  /** Chart, and the way through it: 'Country: read along'. */
  label: string;
  /** How many things there are to read. */
  length: number;
  active: number | null;
  /** What thing k says. */
  say(k: number): string;
  onActive(k: number | null): void;
  /** Where reading begins when it is entered. */
  first?: number;
  onEnter?(): void;
}

/** Reads a chart thing by thing with the arrow keys: a slider nobody sees, whose value is said aloud. */
export function ChartReader({ label, length, active, say, onActive, first = 0, onEnter }: ChartReaderProps) {
  const at = Math.max(0, active ?? 0);
  return (
    <input
      type="range"
      className={css.reader}
      min={0}
      max={Math.max(0, length - 1)}
      step={1}
      value={at}
      aria-label={label}
      aria-valuetext={say(at)}
      onChange={(e) => onActive(Number(e.target.value))}
      onFocus={() => active === null && onActive(first)}
      onBlur={() => onActive(null)}
      onKeyDown={(e) => {
        if (e.key === 'Enter') onEnter?.();
      }}
    />
  );
}
