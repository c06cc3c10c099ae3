import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import { Mark, toneText, type Tone } from './Mark';
import css from './DataTable.module.css';

export interface DataColumn {
  key: string;
  label: ReactNode;
  /** Numbers stand at the right (the default), names at the left (the default of the first column). */
  align?: 'left' | 'right' | 'center';
  tone?: Tone;
}
export interface DataTableProps {
  columns: DataColumn[];
  rows: Record<string, ReactNode>[];
  /** What the table holds; read out first, and shown when `showCaption`. */
  caption: string;
  showCaption?: boolean;
  /** Pixels after which it scrolls inside. */
  maxHeight?: number;
  /** Makes rows selectable: by click, and by a button in the first column for the keyboard. */
  onRow?: (index: number, row: Record<string, ReactNode>) => void;
  /** Row set apart, as the best epoch is. */
  highlight?: number | null;
}

const ROW = 33;
/** Past this many rows only those in sight are in the page. */
const VIRTUAL = 200;

/** A real table at any length: sticky header, counted rows, keyboard scrolling. */
export function DataTable({ columns, rows, caption, showCaption = false, maxHeight, onRow, highlight = null }: DataTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtual = rows.length > VIRTUAL;
  const height = maxHeight ?? (virtual ? 480 : undefined);
  // oxlint-disable-next-line react/incompatible-library -- a warning for React Compiler, which this build does not use
  const virtualizer = useVirtualizer({ count: virtual ? rows.length : 0, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12, initialRect: { width: 800, height: height ?? 480 } });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const shown = virtual ? items.map((v) => v.index) : rows.map((_, i) => i);
  const align = (c: DataColumn, i: number): 'left' | 'right' | 'center' => c.align ?? (i === 0 ? 'left' : 'right');

  return (
    <section ref={scroller} className={css.scroller} style={height === undefined ? undefined : { maxHeight: height }} aria-label={caption} tabIndex={height === undefined ? undefined : 0}>
      <table className={css.table} data-virtual={virtual || undefined} aria-rowcount={virtual ? rows.length + 1 : undefined}>
        <caption className={showCaption ? css.caption : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr aria-rowindex={virtual ? 1 : undefined}>
            {columns.map((c, i) => (
              <th key={c.key} scope="col" data-align={align(c, i)}>
                {c.tone && c.tone !== 'all' && c.tone !== 'faint' && <Mark tone={c.tone} size={8} />} {c.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} span={columns.length} />}
          {shown.map((index) => {
            const row = rows[index]!;
            return (
              <tr key={index} aria-rowindex={virtual ? index + 2 : undefined} data-highlight={index === highlight || undefined} data-press={onRow ? true : undefined} onClick={onRow ? () => onRow(index, row) : undefined}>
                {columns.map((c, i) => (
                  <td key={c.key} data-align={align(c, i)} style={c.tone ? { color: toneText(c.tone) } : undefined}>
                    {onRow && i === 0 ? (
                      <button type="button" className={css.rowButton} onClick={(e) => { e.stopPropagation(); onRow(index, row); }}>
                        {row[c.key]}
                      </button>
                    ) : (
                      row[c.key]
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} span={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}

/** Stands in for the rows out of sight, so that the scroll bar tells the truth. */
function Gap({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0, border: 0 }}>{'\u00a0'}</td>
    </tr>
  );
}
