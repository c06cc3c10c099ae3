/**
 * Text in pieces → rows of cells with the line each row starts on.
 * Pieces without quotes are cut at line ends and delimiters; pieces with quotes go through Papa Parse.
 */
import Papa from 'papaparse';
import { Problem } from '../../core/problem';
import { quotesLookReal } from './quoting';

export interface RowBatch {
  rows: string[][];
  /** Line of the file, from 1, on which each row starts. */
  lines: number[];
  /** Rows whose quotes are broken, by position in `rows`, with the reason. */
  broken: Map<number, string>;
}

export interface SplitOptions {
  delimiter: string;
  /** 'auto': decided where the first quote appears; 'off': a quote is a character like any other. */
  quotes: 'auto' | 'off';
  file?: string;
}

const OPEN_QUOTE = 'a quote is opened and never closed';

/** A record longer than this is a quote that was never closed. */
const LONGEST_RECORD = 16 * 2 ** 20;

export interface RowSplitter {
  push(text: string, last: boolean): RowBatch;
  /** Whether nothing is kept from before and text that ends its lines with line feeds, with or without a quote in it, would just be cut at them. */
  cutsLines(hasQuote: boolean): boolean;
  /** Such text was read elsewhere: so many lines. */
  passed(lines: number): void;
  /** Line on which the next text starts. */
  line(): number;
}

/** `push` takes any piece of text and gives the rows that are complete; the last piece gives the rest. Blank lines are no rows. */
export function createRowSplitter({ delimiter, quotes, file }: SplitOptions): RowSplitter {
  let rest = '';
  let line = 1;
  let newline: '\n' | '\r' | null = null;
  let quoted: boolean | null = quotes === 'off' ? false : delimiter === ',' || delimiter === ';' ? true : null;

  const plain = (text: string, last: boolean, nl: string): RowBatch => {
    const cut = last ? text.length : text.lastIndexOf(nl) + 1;
    rest = text.slice(cut);
    const lines = text.slice(0, cut).split(nl);
    if (lines.at(-1) === '') lines.pop();
    const batch: RowBatch = { rows: [], lines: [], broken: new Map() };
    for (let content of lines) {
      if (content.endsWith('\r')) content = content.slice(0, -1);
      if (content !== '') {
        batch.rows.push(content.split(delimiter));
        batch.lines.push(line);
      }
      line++;
    }
    return batch;
  };

  const withQuotes = (text: string, last: boolean, nl: '\n' | '\r'): RowBatch => {
    const body = nl === '\n' && text.includes('\r') ? unifyLineEnds(text, delimiter) : text;
    // Papa's streaming itself, one level below Papa.parse: it gives back where the last complete row ended.
    const result = new Papa.Parser({ delimiter, newline: nl, quoteChar: '"', fastMode: false }).parse(body, 0, !last) as Papa.ParseResult<string[]>;
    rest = last ? '' : body.slice(result.meta.cursor);
    if (rest.length > LONGEST_RECORD) {
      throw new Problem('A quote is opened and not closed within 16 million characters.', { file, line: line + breaksIn(body.slice(0, result.meta.cursor)) }, 'Correct the quote on that line, or choose the delimiter by hand if it was guessed wrongly.');
    }
    const reasons = new Map<number, string>();
    let open = -1;
    for (const e of result.errors) {
      if (e.row !== undefined) reasons.set(e.row, e.code === 'MissingQuotes' ? OPEN_QUOTE : 'a quoted cell goes on after its closing quote');
      if (e.code === 'MissingQuotes') open = (e.index ?? 0) - 1;
    }
    const first = line;
    const batch: RowBatch = { rows: [], lines: [], broken: new Map() };
    // Cells are searched for line breaks only where there are more breaks than row ends.
    const used = last ? body : body.slice(0, result.meta.cursor);
    const multiline = nl === '\n' && breaksIn(used) > result.data.length - (last ? 1 : 0);
    result.data.forEach((row, k) => {
      // All that follows an open quote is in its cell: the row ends with that line, and what comes after is read for itself.
      if (open >= 0 && k === result.data.length - 1 && body.indexOf(nl, open) >= 0) return;
      const blank = row.length === 1 && row[0] === '';
      if (!blank) {
        const reason = reasons.get(k);
        if (reason) batch.broken.set(batch.rows.length, reason);
        batch.rows.push(row);
        batch.lines.push(line);
      }
      if (!blank || k < result.data.length - 1 || !last) line++;
      if (multiline) for (const cell of row) line += breaksIn(cell);
    });
    const end = open >= 0 ? body.indexOf(nl, open) : -1;
    if (end < 0) return batch;
    let start = 0;
    for (let l = first; l < line; l++) start = body.indexOf(nl, start) + 1;
    batch.broken.set(batch.rows.length, OPEN_QUOTE);
    batch.rows.push(body.slice(start, end).split(delimiter));
    batch.lines.push(line);
    line += breaksIn(body.slice(start, end)) + 1;
    const after = withQuotes(body.slice(end + 1), last, nl);
    for (const [k, reason] of after.broken) batch.broken.set(batch.rows.length + k, reason);
    return { rows: [...batch.rows, ...after.rows], lines: [...batch.lines, ...after.lines], broken: batch.broken };
  };

  return {
    cutsLines: (hasQuote) => rest === '' && newline !== '\r' && (quoted === false || !hasQuote),
    passed(lines) {
      newline = '\n';
      line += lines;
    },
    line: () => line,
    push(piece, last) {
      const text = rest + piece;
      rest = '';
      // A carriage return at the very end may be the first half of a line end.
      const held = !last && text.endsWith('\r') ? '\r' : '';
      const ready = held ? text.slice(0, -1) : text;
      // Only a long text without any line feed ends its lines with carriage returns; in a short piece one may stand in a quoted cell.
      newline ??= ready.includes('\n') ? '\n' : ready.includes('\r') && (last || ready.length > 2 ** 16) ? '\r' : null;
      // Both decisions need more than a short piece: a line end, and cells long enough to show how quotes are used.
      const undecided = newline === null || (quoted === null && ready.length < 2 ** 16 && ready.includes('"'));
      if (undecided && !last) {
        rest = text;
        return { rows: [], lines: [], broken: new Map() };
      }
      const nl = newline ?? '\n';
      if (quoted === null && ready.includes('"')) quoted = quotesLookReal(ready, delimiter);
      const batch = quoted && ready.includes('"') ? withQuotes(ready, last, nl) : plain(ready, last, nl);
      rest += held;
      return batch;
    },
  };
}

function breaksIn(text: string): number {
  let n = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) n++;
  return n;
}

/** CRLF → LF outside quoted cells, so that files with both kinds of line ends read right; inside quotes nothing changes. */
function unifyLineEnds(text: string, delimiter: string): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    for (let cr = text.indexOf('\r\n', at); cr >= 0 && cr < end; cr = text.indexOf('\r\n', cr + 2)) {
      parts.push(text.slice(from, cr));
      from = cr + 1;
    }
    if (quote < 0) break;
    at = quote + 1;
    const before = text[quote - 1];
    const opens = quote === 0 || before === '\n' || before === '\r' || text.startsWith(delimiter, quote - delimiter.length);
    if (!opens) continue;
    for (;;) {
      const close = text.indexOf('"', at);
      if (close < 0) return parts.join('') + text.slice(from);
      at = close + 1;
      if (text[at] !== '"') break;
      at++;
    }
  }
  return parts.join('') + text.slice(from);
}
