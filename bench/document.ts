/** docs/measured.md: one part per benchmark, each between markers of its own, so that a run replaces only what it measured. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Part {
  id: string;
  title: string;
  /** The command that measures it again. */
  command: string;
  /** Markdown. */
  body: string;
}

const PREAMBLE = `# Measured

Every figure below was read on a real run; the command beside a part measures it again and replaces that part. Figures of different machines, and of different moments on one machine, are not comparable: read the ratios, which were taken in turn within one run.
`;
const ORDER = ['first-load', 'map', 'page-click', 'page-training', 'page-toy', 'page-text', 'bench', 'classical', 'stop', 'neural', 'webgpu-launches', 'text', 'minilm', 'retrieval'];
const marker = (id: string, which: 'begin' | 'end'): string => `<!-- ${which} ${id} -->\n`;

/** One row per line, first column to the left. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|---|${head.slice(1).map(() => '--:').join('|')}|`, ...rows.map(line)].join('\n');
}

/** What the figures were read on, without names. */
export function machine(extra: readonly string[] = []): string {
  const load = os.loadavg()[0]!;
  return [`${os.cpus().length} cores`, 'no GPU', `Node ${process.versions.node}`, ...extra, new Date().toISOString().slice(0, 10), `load average at the end ${load.toFixed(1)}`].join(', ');
}

export function writeParts(root: string, parts: readonly Part[]): void {
  const target = path.join(root, 'docs', 'measured.md');
  const text = existsSync(target) ? readFileSync(target, 'utf8') : '';
  const found = new Map<string, string>();
  for (const id of ORDER) {
    const from = text.indexOf(marker(id, 'begin'));
    const to = text.indexOf(marker(id, 'end'));
    if (from >= 0 && to > from) found.set(id, text.slice(from, to) + marker(id, 'end'));
  }
  for (const p of parts) {
    if (!ORDER.includes(p.id)) throw new Error(`There is no place for the part "${p.id}" among ${ORDER.join(', ')}.`);
    found.set(p.id, `${marker(p.id, 'begin')}## ${p.title}\n\nAgain: \`${p.command}\`\n\n${p.body.trim()}\n${marker(p.id, 'end')}`);
  }
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${PREAMBLE}${ORDER.flatMap((id) => (found.has(id) ? [`\n${found.get(id)!}`] : [])).join('')}`);
}

/** Three significant digits, without an exponent. */
export function figure(x: number): string {
  if (!Number.isFinite(x)) return '–';
  if (x === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(x))));
  return x.toFixed(Math.min(digits, 6));
}
/** 'ours' is so many times as fast. */
export const times = (x: number): string => (Number.isFinite(x) ? `${figure(x)}×` : '–');
