import { useState, type ReactNode } from 'react';
import { ChartFrame, type ChartHead } from './ChartFrame';
import { ChartReader } from './ChartReader';
import { toCsv } from './csv';
import { count } from './format';
import { toneFill, type Tone } from './Mark';
import { fitLabel, labelWidth, oneLine } from './plot-scale';
import { useWidth } from './use-width';
import css from './ChartFrame.module.css';

export interface Bar {
  /** Unique among the bars. */
  key: string;
  label: string;
  value: number;
  /** The same thing without the present selection: drawn faintly behind. */
  total?: number;
  tone?: Tone;
}
export interface BarChartProps extends ChartHead {
  bars: readonly Bar[];
  /** What a bar is one of: 'Country'. */
  nameLabel: string;
  /** What its length counts: 'Plays'. */
  valueLabel: string;
  format?: (v: number) => string;
  /** Bars drawn at first; all are in the table and the CSV. */
  limit?: number;
  /** Said after the drawn bars when there are more: '88 more'. */
  rest?: ReactNode;
  /** What `total` is, where it is not simply all: 'Expected'. */
  totalLabel?: string;
  /** Makes bars switches. */
  selected?: ReadonlySet<string>;
  onToggle?: (key: string) => void;
}

const ROW = 24;

/** Named bars, longest first as given; with `onToggle` each is a switch that narrows everything else. */
export function BarChart({ bars, nameLabel, valueLabel, format = count, limit = 12, rest, empty, totalLabel = 'Of all', selected, onToggle, ...head }: BarChartProps) {
  const [box, width] = useWidth<HTMLDivElement>(360);
  const [active, setActive] = useState<number | null>(null);
  const shown = bars.slice(0, limit);
  const height = shown.length * ROW + 4;
  const hasTotal = shown.some((b) => b.total !== undefined);
  const most = Math.max(0, ...shown.map((b) => Math.max(b.value, b.total ?? 0)));
  const valueWidth = Math.max(24, ...shown.map((b) => labelWidth(format(b.value), 12)));
  const nameWidth = Math.min(width * 0.42, Math.max(40, ...shown.map((b) => labelWidth(oneLine(b.label, 60), 12) + 6)));
  const room = Math.max(10, width - nameWidth - valueWidth - 6);
  const long = (v: number): number => (most > 0 ? (Math.max(0, v) / most) * room : 0);
  const say = (b: Bar | undefined): string => (b ? `${oneLine(b.label)}: ${format(b.value)}${b.total !== undefined && b.total !== b.value ? (totalLabel === 'Of all' ? ` of ${format(b.total)}` : `, ${totalLabel.toLowerCase()} ${format(b.total)}`) : ''}` : 'nothing');
  const chosen = (b: Bar): boolean => !selected?.size || selected.has(b.key);

  return (
    <ChartFrame
      {...head}
      height={height}
      empty={bars.length === 0 ? (empty ?? 'Nothing to draw.') : undefined}
      twin={() => ({
        columns: [{ key: 'name', label: nameLabel }, { key: 'value', label: valueLabel }, ...(hasTotal ? [{ key: 'total', label: totalLabel }] : [])],
        rows: bars.map((b) => ({ name: oneLine(b.label), value: format(b.value), total: b.total === undefined ? '–' : format(b.total) })),
      })}
      csv={() => toCsv([nameLabel, valueLabel, ...(hasTotal ? [totalLabel] : [])], bars.map((b) => [b.label, b.value, ...(hasTotal ? [b.total] : [])]))}
    >
      <div ref={box} className={css.box} style={{ height }}>
        {!onToggle && shown.length > 0 && (
          <ChartReader label={`${head.title}: read along`} length={shown.length} active={active} say={(k) => say(shown[k])} onActive={setActive} />
        )}
        <svg data-chart width={width} height={height} className={css.svg} aria-hidden="true">
          {shown.map((b, k) => {
            const y = k * ROW + 4;
            return (
              <g key={b.key}>
                <text x={0} y={y + 12} className={active === k || (selected?.has(b.key) ?? false) ? css.strong : css.name}>
                  {fitLabel(b.label, nameWidth - 6, 12)}
                </text>
                {b.total !== undefined && <rect x={nameWidth} y={y + 2} width={long(b.total)} height={12} rx={2.5} style={{ fill: 'var(--line)' }} />}
                <rect x={nameWidth} y={y + 2} width={Math.max(b.value > 0 ? 1.5 : 0, long(b.value))} height={12} rx={2.5} style={{ fill: toneFill(b.tone ?? 'all'), fillOpacity: (b.tone ? 1 : 0.82) * (chosen(b) ? 1 : 0.35) }} />
                <text x={width} y={y + 12} textAnchor="end" className={css.strong}>
                  {format(b.value)}
                </text>
              </g>
            );
          })}
        </svg>
        {onToggle && (
          <ul className={css.hits} aria-label={`${head.title}: choose`}>
            {shown.map((b, k) => (
              <li key={b.key}>
                <button type="button" className={css.hit} style={{ top: k * ROW, height: ROW }} aria-pressed={selected?.has(b.key) ?? false} aria-label={say(b)} title={oneLine(b.label)} onClick={() => onToggle(b.key)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {bars.length > shown.length && <p className={css.more}>{rest ?? `${count(bars.length - shown.length)} more in the table`}</p>}
    </ChartFrame>
  );
}
