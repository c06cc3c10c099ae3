import { describe, expect, it } from 'vitest';
import { parseRunRecord, RUN_VERSION } from './run';

describe('reading a run', () => {
  it.each([null, 3, 'text', [], {}, { format: 'other' }])('%j is not a run, and the message says what to choose', (doc) => {
    expect(() => parseRunRecord(doc)).toThrow('Choose a file saved with Export run');
  });
  it('a newer version asks for an update', () => {
    expect(() => parseRunRecord({ format: 'coldwave-run', version: RUN_VERSION + 1 })).toThrow('newer Coldwave');
  });
  it('a damaged run names the first fault', () => {
    expect(() => parseRunRecord({ format: 'coldwave-run', version: 1, id: 5 })).toThrow('damaged at id');
  });
});
