import { describe, expect, it } from 'vitest';
import type { Learner } from '../../workers/protocol';
import { rememberLearner } from './learned-text';
import { embedNewTexts, whyNotEmbeddable } from './new-text';

describe('a new text beside vectors in use', () => {
  it('says plainly why imported vectors, and those learned elsewhere, cannot have one', async () => {
    expect(whyNotEmbeddable({ column: 'lyrics', encoder: 'own@1 12345678' })).toContain('brought from a file');
    expect(whyNotEmbeddable({ column: 'lyrics', encoder: 'lda@1 12345678' })).toContain('another device');
    expect(whyNotEmbeddable({ column: 'lyrics', encoder: 'all-MiniLM-L6-v2' })).toBeNull();
    await expect(embedNewTexts(['rain'], { column: 'lyrics', encoder: 'own@1 12345678' })).rejects.toThrow('brought from a file');
  });
  it('is embedded by what was learned, where it is known how', () => {
    rememberLearner('lda@1 12345678', { id: 'lda', settings: {} } as Learner);
    expect(whyNotEmbeddable({ column: 'lyrics', encoder: 'lda@1 12345678' })).toBeNull();
  });
});
