import { describe, expect, it } from 'vitest';
import { nearWord } from './near-word';

const MODELS = ['two-tower', 'two-tower-retrieval', 'item-knn', 'user-knn', 'svd', 'svd-pp', 'als', 'ials', 'ease'];

describe('the word that was meant', () => {
  it.each([
    ['itemknn', 'item-knn'], ['Item_KNN', 'item-knn'], ['SVD++', 'svd-pp'], ['two_tower', 'two-tower'], ['twotower', 'two-tower'], ['usr-knn', 'user-knn'], ['esae', 'ease'],
  ])('%s -> %s', (typed, meant) => expect(nearWord(typed, MODELS)).toBe(meant));
  it.each(['gru4rec', 'x', '', '--'])('%j is near nothing', (typed) => expect(nearWord(typed, MODELS)).toBeNull());
  it('a beginning counts where only one word has it', () => {
    expect(nearWord('retr', ['retrieval-served', 'hybrid'])).toBe('retrieval-served');
    expect(nearWord('validation-share-of', ['validation', 'validation-share'])).toBe('validation-share');
    expect(nearWord('val', ['validation', 'validation-share'])).toBeNull();
  });
});
