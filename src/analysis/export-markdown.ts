/** A table as GitHub-flavoured Markdown. Pure. */
import type { BoardTable } from './board-table';

/** Text that Markdown prints as it stands inside a table cell. */
export const escapeMarkdown = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').replace(/[\\`*_{}[\]<>|#~]/g, (c) => `\\${c}`);

export function toMarkdown(table: BoardTable, digits = 4): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const short = (x: number): string => x.toFixed(digits).replace(/^(-?)0\./, '$1.').replace('-', '−');
  const rows = table.rows.map((row) => line([
    escapeMarkdown(row.label) + (row.baseline ? ' (baseline)' : ''),
    ...row.cells.map(({ value, sd, best, tied }) => {
      if (value === null) return '–';
      const number = best ? `**${short(value)}**` : short(value);
      return `${number}${tied ? '†' : ''}${sd === null ? '' : ` ± ${short(sd)}`}`;
    }),
    row.seconds === null ? '–' : row.seconds.toFixed(row.seconds < 10 ? 1 : 0),
  ]));
  return [line(['Model', ...table.metrics, 'Seconds']), line(['---', ...table.metrics.map(() => '---:'), '---:']), ...rows, '', escapeMarkdown(table.caption), ''].join('\n');
}
