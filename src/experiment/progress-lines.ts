/** How a run is told on a terminal. Node only. */
import type { TrainProgress } from '../../workers/protocol';

export const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** Written over by what comes next; nothing where lines stay, as in a file. */
export const sayBriefly = (line: string): void => void (process.stderr.isTTY && process.stderr.write(`\r${line} \r`));

let phase = '';
export function progressLine(p: TrainProgress): void {
  if (p.kind === 'phase') {
    // A line a phase; how far it is only where lines can be written over.
    if (process.stderr.isTTY && p.total > 1) sayBriefly(`${p.label} ${p.done}/${p.total} …`);
    else if (p.label !== phase) say(`${p.label} …`);
    phase = p.label;
  }
  if (p.kind === 'ready') for (const note of p.split.notes) say(note);
  if (p.kind === 'batch') sayBriefly(`epoch ${p.epoch}/${p.epochs}  ${p.done}/${p.total}  loss ${p.loss.toFixed(4)}`);
  if (p.kind === 'epoch') {
    const e = p.record;
    const at = (slice: 'all' | 'warm' | 'cold'): string => e.validation?.[slice].metrics['NDCG@10']?.value.toFixed(4) ?? '–';
    say(`epoch ${e.epoch}  loss ${e.loss?.toFixed(4) ?? 'not a number'}  NDCG@10 ${at('all')} (warm ${at('warm')}, cold ${at('cold')})  ${e.seconds.toFixed(1)} s + ${e.evaluateSeconds.toFixed(1)} s to measure`);
    if (e.warning) say(`  ${e.warning}`);
  }
}
