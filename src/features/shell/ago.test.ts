import { expect, it } from 'vitest';
import { agoWords } from './ago';

it('names the largest whole unit that has passed', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  const ago = (s: number): string => agoWords(new Date(now - s * 1000).toISOString(), now);
  expect([ago(5), ago(60), ago(3599), ago(7200), ago(86_400), ago(9 * 86_400)]).toEqual(['just now', '1 minute ago', '59 minutes ago', '2 hours ago', '1 day ago', '9 days ago']);
  expect(agoWords('nonsense', now)).toBe('at an unknown time');
});
