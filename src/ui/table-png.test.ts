import { expect, it, vi } from 'vitest';

vi.mock('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url', () => ({ default: '' }));
const { wrapWords } = await import('./table-png');

it('long cells go on in a next line, no word is lost or cut', () => {
  const text = 'rain river window dancing tango broom kitchen roof';
  const lines = wrapWords(text, 120);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join(' ')).toBe(text);
});
it('a word wider than the line stands alone', () => {
  expect(wrapWords('a extraordinarilyextraordinarily b', 60)).toEqual(['a', 'extraordinarilyextraordinarily', 'b']);
});
