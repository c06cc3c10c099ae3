/** Text vectors for a run without a page: those that ship with the data where there are any, else MiniLM in this process. */
import type { Column, DataSet, EntityTable, TextVectors } from '../core/dataset';
import { Problem } from '../core/problem';
import type { LearnerId } from '../text/learner-cards';

/** Encoders that a run without a page can use. */
export const TEXT_ENCODERS = ['minilm', 'tfidf', 'word2vec', 'lda'] as const;
export type TextEncoderId = (typeof TEXT_ENCODERS)[number];

/** Vectors of `from`'s items in the order of `to`'s, by source id; items that are gone are dropped. */
export function followItems(vectors: TextVectors, from: EntityTable, to: EntityTable): TextVectors {
  const rowOf = new Map(from.ids.map((id, row) => [id, row]));
  const { dim } = vectors;
  const out = new Float32Array(to.ids.length * dim); // [I, dim]
  let missing = 0;
  to.ids.forEach((id, i) => {
    const row = rowOf.get(id);
    const source = row === undefined ? null : vectors.vectors.subarray(row * dim, (row + 1) * dim);
    if (source?.some((x) => x !== 0)) out.set(source, i * dim);
    else missing++;
  });
  return { ...vectors, vectors: out, missing };
}

/** The words of an item column, '' where the cell is empty. */
export function textsOf(column: Column): string[] {
  switch (column.kind) {
    case 'text':
      return column.values;
    case 'categorical':
      return Array.from(column.codes, (code) => column.levels[code] ?? '');
    case 'tags':
      return Array.from({ length: column.offsets.length - 1 }, (_, row) => Array.from(column.codes.subarray(column.offsets[row], column.offsets[row + 1]), (code) => column.levels[code] ?? '').join(', '));
    case 'numeric':
      return Array.from(column.values, (x) => (Number.isNaN(x) ? '' : String(x)));
  }
}

/** @throws Problem naming the columns there are */
export function textColumn(data: DataSet, name: string): string[] {
  const column = data.items.columns.find((c) => c.name === name);
  if (!column) {
    const there = data.items.columns.map((c) => c.name).join(', ');
    throw new Problem(`The items have no column "${name}".`, { file: data.name }, there ? `There are: ${there}.` : 'This data has no item columns; give an items file.');
  }
  return textsOf(column);
}

export async function embedColumn(data: DataSet, name: string, modelRoot: string, onProgress: (done: number, total: number) => void): Promise<TextVectors> {
  const texts = textColumn(data, name);
  const { createMiniLm } = await import('../text/minilm/encode');
  const miniLm = await createMiniLm({ modelRoot });
  const { vectors, missing } = await miniLm.embed(texts, (p) => onProgress(p.done, p.total));
  return { column: name, encoder: miniLm.encoder, dim: miniLm.dim, vectors, missing };
}

/** Vectors by an encoder that learns from this very column, with its default settings. @throws Problem where there is too little text */
export async function learnColumn(data: DataSet, name: string, id: LearnerId, onProgress: (done: number, total: number) => void): Promise<TextVectors> {
  const texts = textColumn(data, name);
  const [{ learn }, { learnerOf }] = await Promise.all([import('../text/learned'), import('../text/learner-cards')]);
  const { encoder, dim, vectors, missing } = await learn(learnerOf(id), texts, (p) => onProgress(p.done, p.total));
  return { column: name, encoder, dim, vectors, missing };
}
