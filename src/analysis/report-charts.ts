/** Charts of a report as SVG text: no script, nothing fetched, every word escaped. Pure. */

/** Text as it may stand in HTML and SVG, also inside attributes. Characters that turn the reading direction are shown, not obeyed. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g, (c) => `[U+${c.codePointAt(0)!.toString(16).toUpperCase()}]`)
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');

export const shortText = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).replace(/[\s,.:;·]+$/, '')}…` : text);
const fixed = (v: number): string => (Number.isFinite(v) ? v.toFixed(1) : '0');
const figure = (v: number): string => v.toFixed(3).replace(/^(-?)0\./, '$1.').replace('-', '−');

export interface ReportLine {
  label: string;
  points: readonly { x: number; y: number }[];
}
export interface ReportDot {
  label: string;
  n: number;
  value: number;
  low: number;
  high: number;
}

const open = (width: number, height: number, title: string): string => `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" xmlns="http://www.w3.org/2000/svg">`;
const DASH = ['', '7 4', '2 3', '9 3 2 3'];

/** Lines by epoch; labels at their ends. '' where there is nothing to draw. */
export function linesSvg(title: string, lines: readonly ReportLine[]): string {
  const points = lines.flatMap((l) => l.points);
  if (points.length === 0) return '';
  const [W, H, left, right, bottom] = [640, 240, 44, 170, 26];
  const most = Math.max(...points.map((p) => p.y)) * 1.08 || 1;
  const last = Math.max(2, ...points.map((p) => p.x));
  const px = (x: number): number => left + ((x - 1) / (last - 1)) * (W - left - right);
  const py = (y: number): number => H - bottom - (y / most) * (H - bottom - 10);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((q) => `<line x1="${left}" x2="${W - right}" y1="${fixed(py(most * q))}" y2="${fixed(py(most * q))}" class="grid"/><text x="${left - 6}" y="${fixed(py(most * q) + 4)}" text-anchor="end">${figure(most * q)}</text>`);
  const ends: number[] = [];
  const drawn = lines.flatMap((l, k) => {
    const end = l.points.at(-1);
    if (!end) return [];
    let y = py(end.y) + 4;
    while (ends.some((e) => Math.abs(e - y) < 13)) y += 13;
    ends.push(y);
    return [`<polyline points="${l.points.map((p) => `${fixed(px(p.x))},${fixed(py(p.y))}`).join(' ')}" class="line" stroke-dasharray="${DASH[k % 4]}"/><text x="${fixed(px(end.x) + 8)}" y="${fixed(y)}" class="name">${escapeHtml(shortText(l.label, 24))}</text>`];
  });
  return `${open(W, H, title)}${grid.join('')}${drawn.join('')}<text x="${left}" y="${H - 6}">epoch 1</text><text x="${W - right}" y="${H - 6}" text-anchor="end">${last}</text></svg>`;
}

/** Differences with intervals about a line at zero. '' where there are none. */
export function dotsSvg(title: string, dots: readonly ReportDot[]): string {
  if (dots.length === 0) return '';
  const [W, row, left] = [640, 26, 210];
  const H = dots.length * row + 30;
  const reach = Math.max(1e-6, ...dots.flatMap((d) => [Math.abs(d.low), Math.abs(d.high), Math.abs(d.value)])) * 1.1;
  const px = (v: number): number => left + ((v + reach) / (2 * reach)) * (W - left - 16);
  const rows = dots.map((d, k) => {
    const y = k * row + 18;
    return `<text x="0" y="${y + 4}" class="name">${escapeHtml(shortText(d.label, 22))} <tspan class="n">n = ${d.n}</tspan></text><line x1="${fixed(px(d.low))}" x2="${fixed(px(d.high))}" y1="${y}" y2="${y}" class="range"/><circle cx="${fixed(px(d.value))}" cy="${y}" r="4.2"/>`;
  });
  const ticks = [-reach / 1.1, 0, reach / 1.1].map((v) => `<text x="${fixed(px(v))}" y="${H - 4}" text-anchor="middle">${figure(v)}</text>`);
  return `${open(W, H, title)}<line x1="${fixed(px(0))}" x2="${fixed(px(0))}" y1="4" y2="${H - 18}" class="zero"/>${rows.join('')}${ticks.join('')}</svg>`;
}
