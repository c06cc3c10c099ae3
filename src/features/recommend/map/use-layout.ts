/** Lays the chosen vectors out: principal components at once, UMAP on demand. */
import { useEffect, useRef, useState } from 'react';
import { mapWorker, umapWorker } from '../../../app/serve-map';
import type { Served } from '../../../app/serve';
import { held } from '../../../app/workspace';
import { messageOf } from '../../../core/problem';
import { createRandom } from '../../../core/random';
import { plural } from '../../../ui/format';

export interface Layout {
  /** What was laid out: items first, then users. [2 · points] */
  xy: Float32Array;
  items: number;
  users: number;
  /** Which item (or user, from `items` on) each point is; null = in order. A UMAP of very many takes a sample. */
  from: Int32Array | null;
  /** 1 where an item or user (by its number, users after items) has no vector, so that its place says nothing; null = all have one. */
  empty: Uint8Array | null;
  method: 'pca' | 'umap';
  words: string;
}
export type LayoutState = { layout: Layout | null; working: { label: string; value: number | null } | null; problem: string | null };

/** UMAP of more points takes minutes: it takes a sample of this size. */
export const UMAP_MOST = 6000;

/** Vectors to lay out, as the worker takes them. @param source a run id, or the key of text vectors */
async function rowsOf(source: string, served: Served | null, withUsers: boolean): Promise<{ items: number; users: number; cols: number; data: Float32Array }> {
  const text = held.vectors.get(source);
  if (text) return { items: text.vectors.length / text.dim, users: 0, cols: text.dim, data: text.vectors.slice() };
  if (!served) throw new Error('This model is not open.');
  const { items, users } = await served.vectors();
  if (!withUsers || users.cols !== items.cols) return { items: items.rows, users: 0, cols: items.cols, data: items.data };
  const data = new Float32Array(items.data.length + users.data.length);
  data.set(items.data);
  data.set(users.data, items.data.length);
  return { items: items.rows, users: users.rows, cols: items.cols, data };
}

/** 1 for each row of zeros; null where there is none. data: [rows, cols] */
export function emptyRows(data: Float32Array, cols: number): Uint8Array | null {
  const empty = new Uint8Array(data.length / cols);
  let some = false;
  for (let r = 0; r < empty.length; r++) {
    let zero = true;
    for (let d = r * cols; d < (r + 1) * cols && zero; d++) zero = data[d] === 0;
    if (zero) {
      empty[r] = 1;
      some = true;
    }
  }
  return some ? empty : null;
}

/** What of a layout is left out, and why, as a sentence after others. */
function withoutVector(empty: Uint8Array | null, items: number): string {
  if (!empty) return '';
  const n = empty.reduce((sum, x) => sum + x, 0);
  const inItems = empty.subarray(0, items).reduce((sum, x) => sum + x, 0);
  return ` ${plural(n, inItems === n ? 'item' : 'point')} without a vector ${n === 1 ? 'is' : 'are'} not drawn.`;
}

export function useLayout(source: string | null, served: Served | null, withUsers: boolean) {
  const [state, setState] = useState<LayoutState>({ layout: null, working: null, problem: null });
  const turn = useRef(0);
  const stop = useRef<AbortController | null>(null);
  const [again, setAgain] = useState(0);
  // Whoever leaves the map does not wait for it: nobody would see the rest.
  useEffect(
    () => () => {
      turn.current++;
      stop.current?.abort(new DOMException('Stopped.', 'AbortError'));
    },
    [],
  );
  useEffect(() => {
    if (source === null) return;
    const mine = ++turn.current;
    stop.current?.abort(new DOMException('Stopped.', 'AbortError'));
    stop.current = null;
    const still = (): boolean => turn.current === mine;
    void (async () => {
      try {
        setState((s) => ({ ...s, working: { label: 'Laying out by principal components', value: null }, problem: null }));
        const { items, users, cols, data } = await rowsOf(source, served, withUsers);
        if (!still()) return;
        const empty = emptyRows(data, cols);
        const { xy, explained, sampled } = await mapWorker.call('pca', { rows: items + users, cols, data, from: items }, { transfer: [data.buffer as ArrayBuffer] });
        if (!still()) return;
        const share = (x: number): string => `${Math.round(100 * x)} %`;
        const words = `Principal components of ${cols} dimensions, rows brought to length 1: across ${share(explained[0])} and up ${share(explained[1])} of what tells items apart${sampled < items ? `, directions from ${sampled.toLocaleString('en-US')} of them` : ''}.${withoutVector(empty, items)}`;
        setState({ layout: { xy, items, users, from: null, empty, method: 'pca', words }, working: null, problem: null });
      } catch (error) {
        if (still()) setState((s) => ({ ...s, working: null, problem: messageOf(error) }));
      }
    })();
  }, [source, served, withUsers, again]);

  const runUmap = async (): Promise<void> => {
    if (source === null || stop.current) return;
    const mine = ++turn.current;
    const abort = new AbortController();
    stop.current = abort;
    try {
      setState((s) => ({ ...s, working: { label: 'UMAP: looking for neighbours', value: null }, problem: null }));
      const { items, users, cols, data } = await rowsOf(source, served, withUsers);
      const total = items + users;
      const empty = emptyRows(data, cols);
      const from = total > UMAP_MOST ? createRandom(1, 'map').shuffle(Int32Array.from({ length: total }, (_, p) => p)).slice(0, UMAP_MOST).sort() : null;
      const rows = from?.length ?? total;
      const part = new Float32Array(rows * cols);
      for (let r = 0; r < rows; r++) {
        const p = from ? from[r]! : r;
        part.set(data.subarray(p * cols, (p + 1) * cols), r * cols);
      }
      const words = `UMAP by cosine, 15 neighbours, seed 1: near means alike, far says little.${from ? ` A random ${rows.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} points.` : ''}${withoutVector(empty, items)}`;
      const show = (xy: Float32Array): void => setState((s) => ({ ...s, layout: { xy, items, users, from, empty, method: 'umap', words } }));
      const { xy } = await umapWorker.call('umap', { rows, cols, data: part, neighbours: 15, seed: 1 }, {
        signal: abort.signal,
        transfer: [part.buffer],
        onProgress: (p) => {
          if (turn.current !== mine) return;
          if (p.xy) show(p.xy);
          if (p.epochs > 0) setState((s) => ({ ...s, working: { label: `UMAP: step ${p.epoch} of ${p.epochs}`, value: p.epoch / p.epochs } }));
        },
      });
      if (turn.current !== mine) return;
      show(xy);
      setState((s) => ({ ...s, working: null }));
    } catch (error) {
      if (turn.current === mine) setState((s) => ({ ...s, working: null, problem: abort.signal.aborted ? null : messageOf(error) }));
    } finally {
      if (stop.current === abort) stop.current = null;
    }
  };
  const stopWork = (): void => stop.current?.abort(new DOMException('Stopped.', 'AbortError'));
  return { ...state, runUmap, stopWork, showPca: () => setAgain((n) => n + 1) };
}
