import { describe, expect, it } from 'vitest';
import { keyReader, SEQUENCE_MS } from './shortcuts';

const run = (): void => undefined;
const commands = [{ keys: 'g d', run }, { keys: 'g t', run }, { keys: '?', run }, { keys: 'mod+k', run }, { run }];

describe('keys without a modifier', () => {
  it('one key is heard at once, a sequence with its second key', () => {
    const reader = keyReader();
    expect(reader.read('?', 0, commands)).toBe(commands[2]);
    expect(reader.read('g', 10, commands)).toBe('waiting');
    expect(reader.read('t', 20, commands)).toBe(commands[1]);
  });
  it('a sequence left too long is forgotten', () => {
    const reader = keyReader();
    reader.read('g', 0, commands);
    expect(reader.read('d', SEQUENCE_MS + 1, commands)).toBeNull();
  });
  it('a key that does not go on with the sequence counts for itself', () => {
    const reader = keyReader();
    reader.read('g', 0, commands);
    expect(reader.read('?', 5, commands)).toBe(commands[2]);
    reader.read('g', 10, commands);
    expect(reader.read('g', 15, commands)).toBe('waiting');
    expect(reader.read('d', 20, commands)).toBe(commands[0]);
  });
  it('combinations are left to whoever named them', () => {
    expect(keyReader().read('mod+k', 0, commands)).toBeNull();
    expect(keyReader().read('k', 0, commands)).toBeNull();
  });
});
