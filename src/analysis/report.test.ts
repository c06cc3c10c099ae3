import { expect, it } from 'vitest';
import { rankedRun } from './ranked-run';
import { reportHtml } from './report';
import { dotsSvg, escapeHtml, linesSvg } from './report-charts';

const hostile = '<img src=x onerror=alert(1)>"\'&';
const long = 'a'.repeat(10_000);
const base = rankedRun([1, 3, 12, 5], { id: 'a', name: hostile, notes: `</td></table><script>alert(2)</script>${long}` }, 'wwcn');
const other = rankedRun([2, 3, 1, 1], { id: 'b', name: 'right \u202Eot left', model: { id: 'als', params: { 'x"><svg onload=alert(3)>': hostile } } }, 'wwcn');
const page = reportHtml({ runs: [base, other], names: [base.name, other.name], metric: 'NDCG@10', madeAt: '2026-11-21T12:00:00Z', partitions: [{ id: 'c', label: hostile, groups: [{ label: hostile, users: Int32Array.of(0, 1) }, { label: long, users: Int32Array.of(2, 3) }] }] });

it('hostile names, notes, parameters and levels stand there as text: no tag of theirs, no script, no handler', () => {
  const tags = [...page.matchAll(/<\/?([a-z0-9]+)/gi)].map((m) => m[1]!.toLowerCase());
  for (const tag of ['script', 'img', 'iframe', 'link', 'a']) expect(tags).not.toContain(tag);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  // What stands in quotes is text; outside them no attribute is called on….
  expect([...page.matchAll(/<[^>]*>/g)].map((m) => m[0].replace(/"[^"]*"/g, '""')).filter((tag) => /\son\w+\s*=/i.test(tag))).toEqual([]);
});
it('nothing is fetched: no address but the name space of SVG, and a policy that forbids all', () => {
  expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/);
  expect(page).toContain("default-src 'none'");
});
it('reading direction is shown, not obeyed', () => {
  expect(escapeHtml('a\u202Eb')).toBe('a[U+202E]b');
  expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
});
it('ten thousand characters do not become ten thousand in a chart', () => {
  expect(dotsSvg('d', [{ label: long, n: 1, value: 0.1, low: 0, high: 0.2 }]).length).toBeLessThan(1000);
});
it('says what the runs’ own figures say: two won, one lost, one tied', () => {
  expect(page).toContain('stands higher for 2 users, lower for 1, alike for 1');
  expect(page).toContain('cannot be told apart over these 4 users');
});
it('nothing to draw gives no empty chart', () => {
  expect(linesSvg('l', [{ label: 'x', points: [] }])).toBe('');
  expect(dotsSvg('d', [])).toBe('');
});
