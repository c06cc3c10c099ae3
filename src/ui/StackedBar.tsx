import { useState } from 'react';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { toCsv } from './csv';
import { percent } from './format';
import { fitLabel, labelWidth, oneLine } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

export interface Part {
  /** Unique among the parts. */
  key: string;
  label: string;
  value: number;
  /** Said after the value. */
  note?: string;
}
export interface StackedBarProps extends ChartHead {
  /** In the order they are laid end to end. */
  parts: readonly Part[];
  /** What a part is one of: 'Phase'. */
  nameLabel: string;
  /** What its length means: 'Milliseconds'. */
  valueLabel: string;
  noteLabel?: string;
  format: (v: number) => string;
}

const BAR = 26;
const ROW = 22;
/** Shades of ink from dark to light: parts stand in order and have their names below, so they need no hue. */
const shade = (k: number, n: number): number => 0.88 - (0.7 * k) / Math.max(1, n - 1);

/** A whole and its parts: one bar, and every part with its share below it. */
export function StackedBar({ parts, nameLabel, valueLabel, noteLabel = 'Note', format, empty, ...head }: StackedBarProps) {
  const [box, width] = useWidth<HTMLDivElement>(360);
  const [active, setActive] = useState<number | null>(null);
  const whole = parts.reduce((s, p) => s + p.value, 0);
  const share = (p: Part): number => (whole > 0 ? p.value / whole : 0);
  const say = (p: Part | undefined): string => (p ? `${oneLine(p.label)}: ${format(p.value)}, ${percent(share(p))}${p.note ? `, ${p.note}` : ''}` : 'nothing');
  const starts = parts.map((_, k) => parts.slice(0, k).reduce((s, p) => s + share(p), 0) * width);
  const nameWidth = Math.min(width * 0.4, Math.max(40, ...parts.map((p) => labelWidth(oneLine(p.label, 60), 12) + 16)));
  const valueWidth = Math.max(30, ...parts.map((p) => labelWidth(format(p.value), 12) + 14));
  const noteAt = 18 + nameWidth + valueWidth + 44;
  const height = BAR + 12 + parts.length * ROW;
  const noted = parts.some((p) => p.note);

  return (
    <ChartFrame
      {...head}
      height={height}
      empty={parts.length === 0 || whole <= 0 ? (empty ?? 'Nothing to draw.') : undefined}
      twin={() => ({
        columns: [{ key: 'name', label: nameLabel }, { key: 'value', label: valueLabel }, { key: 'share', label: 'Share' }, ...(noted ? [{ key: 'note', label: noteLabel, align: 'left' as const }] : [])],
        rows: parts.map((p) => ({ name: oneLine(p.label), value: format(p.value), share: percent(share(p)), note: p.note ?? '–' })),
      })}
      csv={() => toCsv([nameLabel, valueLabel, 'Share', ...(noted ? [noteLabel] : [])], parts.map((p) => [p.label, p.value, share(p), ...(noted ? [p.note] : [])]))}
    >
      <div ref={box} className={css.box} style={{ height }}>
        <ChartReader label={`${head.title}: read along`} length={parts.length} active={active} say={(k) => say(parts[k])} onActive={setActive} />
        <svg data-chart width={width} height={height} className={css.svg} aria-hidden="true">
          {parts.map((p, k) => (
            <rect key={p.key} x={starts[k]} y={0} width={Math.max(0, share(p) * width - 1)} height={BAR} rx={2.5} style={{ fill: 'var(--ink)', fillOpacity: shade(k, parts.length) * (active === null || active === k ? 1 : 0.4) }} />
          ))}
          {parts.map((p, k) => {
            const y = BAR + 12 + k * ROW + 12;
            return (
              <g key={p.key}>
                <rect x={0} y={y - 9} width={10} height={10} rx={2.5} style={{ fill: 'var(--ink)', fillOpacity: shade(k, parts.length) }} />
                <text x={18} y={y} className={active === k ? css.strong : css.name}>
                  {fitLabel(p.label, nameWidth - 6, 12)}
                </text>
                <text x={18 + nameWidth + valueWidth - 14} y={y} textAnchor="end" className={css.strong}>
                  {format(p.value)}
                </text>
                <text x={18 + nameWidth + valueWidth + 34} y={y} textAnchor="end" className={css.name}>
                  {percent(share(p))}
                </text>
                {p.note && width - noteAt > 150 && (
                  <text x={noteAt} y={y}>
                    {fitLabel(p.note, width - noteAt, 11)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
    </ChartFrame>
  );
}
