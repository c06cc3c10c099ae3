/** After bench/page.ts: its readings as tables in docs/measured.md. */
import path from 'node:path';
import { figure, machine, table, writeParts, type Part } from './document';
import { takeReadings, type Kept } from './page-readings';

const only = <K extends Kept['kind']>(all: readonly Kept[], kind: K) => all.filter((r): r is Extract<Kept, { kind: K }> => r.kind === kind);
const range = (xs: readonly number[]): string => `${Math.min(...xs).toFixed(1)}–${Math.max(...xs).toFixed(1)} s`;
const megabytes = (b: number | null): string => (b === null ? '–' : `${(b / 2 ** 20).toFixed(1)} MiB`);
const COMMAND = 'npm run build && npm run bench:page';

export default function report(): void {
  const all = takeReadings();
  const browser = only(all, 'browser').at(-1);
  const where = machine(browser ? [`Chromium ${browser.version.split('.')[0]}`] : []);
  const parts: Part[] = [];
  const clicks = only(all, 'click');
  const training = only(all, 'training');
  const add = (id: string, title: string, body: string): void => void parts.push({ id, title, command: COMMAND, body: `${where}.\n\n${body}` });
  if (clicks.length > 0) {
    add('page-click', 'From a click on "Try the demo" to a curve', `${table(['until', `${clicks.length} first visits`], [
      ['the first loss point', range(clicks.map((c) => c.loss))],
      ['the first epoch is measured (warm and cold curves have their first point)', range(clicks.map((c) => c.epoch))],
    ])}\n\nBackend ${clicks[0]!.backend}, ${clicks[0]!.model}. The page had been open for two seconds. Load average ${clicks.map((c) => c.load.toFixed(1)).join(', ')} after each visit.`);
  }
  for (const [toy, id, title, words] of [
    [false, 'page-training', 'Seconds per epoch and memory in a browser', 'Means over the epochs trained. Tensors: what the trainer holds after the last epoch. Memory: what the status bar shows after the run (script memory of page and trainer, and tensors). "fast" is the preset (dot product); "fast, compress" the same with the compress scorer. Load: the machine’s load average after the run; above 2 something else was working too.'],
    [true, 'page-toy', 'A toy on emulated graphics', 'WebGL and WebGPU run here on a software adapter, an emulator on the processor: these figures say that the backends work and nothing about a graphics card.'],
  ] as const) {
    const rows = training.filter((t) => t.toy === toy);
    if (rows.length === 0) continue;
    add(id, title, `${words}\n\n${table(['data, settings', 'backend', 'epochs', 'training s/epoch', 'ranking s/epoch', 'tensors', 'memory', 'load'], rows.map((t) => [
      `${t.data}; ${t.run}`, t.toy && t.backend !== 'wasm' ? `${t.backend} (emulated)` : t.backend, String(t.epochs), figure(t.train), figure(t.evaluate), `${t.tensors === null ? '' : `${t.tensors}, `}${megabytes(t.tensorBytes)}`, t.status, t.load.toFixed(1),
    ]))}`);
  }
  const texts = only(all, 'text');
  if (texts.length > 0) {
    add('page-text', 'MiniLM in a browser', table(['texts', 'page', 'distinct texts', 'texts per second', 'from click to vectors, model loaded first', 'load'], texts.map((t) => [t.what, t.isolated ? 'isolated (threads)' : 'not isolated (one thread)', String(t.texts), figure(t.perSecond), `${t.seconds.toFixed(1)} s`, t.load.toFixed(1)])));
  }
  if (parts.length === 0) return;
  writeParts(path.resolve(import.meta.dirname, '..'), parts);
  console.log('Written to docs/measured.md.');
}
