/** Rows that could not be used: counted by reason, and listed for download up to a limit. */
import type { RejectedSummary } from '../../../workers/protocol';

/** A spreadsheet would run a cell that starts like a formula; a leading apostrophe keeps it text, as in every file this page writes. */
function quote(cell: string): string {
  const text = /^[=+@\t\r-]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const MOST_ROWS = 200_000;
const MOST_CHARACTERS = 40_000_000;

export interface Rejected {
  add(file: string, line: number, reason: string, row: readonly string[]): void;
  /** Rejected rows of one file so far. */
  count(file: string): number;
  summary(): RejectedSummary;
  /** file, line, reason, row as CSV; its last line says how many rows are not listed, if any. */
  csv(): string;
}

export function createRejected(): Rejected {
  const reasons = new Map<string, RejectedSummary['reasons'][number]>();
  const listed: { file: string; line: number; text: string }[] = [];
  let total = 0;
  let characters = 0;
  return {
    add(file, line, reason, row) {
      total++;
      const key = `${file}\n${reason}`;
      const entry = reasons.get(key);
      if (entry) entry.count++;
      else reasons.set(key, { file, reason, count: 1, firstLine: line, sample: row.join(' · ').slice(0, 200) });
      if (listed.length < MOST_ROWS && characters < MOST_CHARACTERS) {
        const text = [file, String(line), reason, row.join('\t')].map(quote).join(',');
        characters += text.length;
        listed.push({ file, line, text });
      }
    },
    count: (file) => [...reasons.values()].reduce((n, r) => n + (r.file === file ? r.count : 0), 0),
    summary: () => ({ total, reasons: [...reasons.values()].sort((a, b) => b.count - a.count || a.firstLine - b.firstLine) }),
    csv() {
      const missing = total - listed.length;
      // A batch's misshapen rows are found before its unreadable cells, so the order of finding is not the order of the file.
      const order = new Map([...new Set(listed.map((l) => l.file))].map((f, k) => [f, k]));
      const sorted = listed.toSorted((a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line);
      const lines = ['file,line,reason,row', ...sorted.map((l) => l.text)];
      if (missing > 0) lines.push(`,,"${missing.toLocaleString('en-US')} more rejected rows are not listed: the list stops at ${listed.length.toLocaleString('en-US')} rows",`);
      return `${lines.join('\r\n')}\r\n`;
    },
  };
}
