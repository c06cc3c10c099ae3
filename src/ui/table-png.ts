/** Draws a table of text into a PNG file's contents, in the page's colours and font. */
import { labelWidth, oneLine } from './plot-scale';
import { svgToPng } from './svg-png';

export interface TablePicture {
  title: string;
  note?: string;
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

const SIZE = 12;
const LINE = 17;
const GAP = 22;
/** Widest a column may get before its text goes on in a next line, in pixels. */
const WIDEST = 460;
/** A taller picture than this many rows cannot be read; the CSV has all. */
const MOST_ROWS = 200;
const NS = 'http://www.w3.org/2000/svg';

/** Lines of whole words that fit; a word longer than a line stands alone. */
export function wrapWords(text: string, pixels: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text, 2000).split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    if (line !== '' && labelWidth(next, SIZE) > pixels) {
      lines.push(line);
      line = word;
    } else line = next;
  }
  return [...lines, line];
}

/** @throws Error when the browser cannot draw it. */
export async function tableToPng({ title, note, header, rows }: TablePicture): Promise<Blob> {
  const shown = rows.slice(0, MOST_ROWS);
  const left = rows.length - shown.length;
  const widths = header.map((h, c) => Math.min(WIDEST, Math.max(labelWidth(h, SIZE), ...shown.map((r) => labelWidth(oneLine(r[c] ?? '', 2000), SIZE)))));
  const starts = widths.map((_, c) => widths.slice(0, c).reduce((s, w) => s + w + GAP, 0));
  const width = widths.reduce((s, w) => s + w, 0) + GAP * (widths.length - 1);
  const svg = document.createElementNS(NS, 'svg');
  const write = (content: string, x: number, y: number, colour: string): void => {
    const text = document.createElementNS(NS, 'text');
    text.setAttribute('x', String(x));
    text.setAttribute('y', String(y));
    text.setAttribute('style', `fill:var(${colour});font:400 ${SIZE}px 'Inter Variable',system-ui,sans-serif;font-variant-numeric:tabular-nums`);
    text.textContent = content;
    svg.append(text);
  };
  header.forEach((h, c) => write(h, starts[c]!, 14, '--muted'));
  let y = 24;
  for (const row of shown) {
    const rule = document.createElementNS(NS, 'path');
    rule.setAttribute('d', `M0 ${y}H${width}`);
    rule.setAttribute('style', 'stroke:var(--line)');
    svg.append(rule);
    const cells = row.map((cell, c) => wrapWords(cell, widths[c]!));
    cells.forEach((lines, c) => lines.forEach((l, n) => write(l, starts[c]!, y + 17 + n * LINE, '--ink')));
    y += 8 + LINE * Math.max(1, ...cells.map((lines) => lines.length));
  }
  if (left > 0) {
    write(`${left} more rows in the CSV file`, 0, y + 14, '--muted');
    y += LINE;
  }
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(y + 4));
  svg.setAttribute('style', 'position:fixed;left:-9999px;top:0');
  svg.setAttribute('aria-hidden', 'true');
  // Styles can be read only of what is in the page.
  document.body.append(svg);
  try {
    return await svgToPng(svg, { title, ...(note ? { note } : {}) });
  } finally {
    svg.remove();
  }
}
