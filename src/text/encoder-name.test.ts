import { expect, it } from 'vitest';
import { vectorsLabel } from './encoder-name';

const of = (column: string, encoder: string) => ({ key: `${column} · ${encoder}`, column, encoder });

it('vectors are called by as little as tells them apart', () => {
  const all = [of('title', 'minilm@5fa43ae5'), of('lyrics', 'minilm@5fa43ae5'), of('lyrics', 'lda@1 topics=8'), of('lyrics', 'lda@1 topics=20')];
  expect(all.map((v) => vectorsLabel(v, all))).toEqual(['title', 'lyrics · MiniLM', 'lyrics · lda@1 topics=8', 'lyrics · lda@1 topics=20']);
});
