import { describe, expect, it } from 'vitest';
import type { SliceResult } from '../../core/metric';
import { RUN_FORMAT, RUN_VERSION, type RunRecord } from '../../core/run';
import { DEFAULT_SPLIT } from '../../core/split';
import { CHECKS, lintLines, lintRun, lintSummary } from './lint';

const slice = (value: number, half = 0.01, n = 1000): SliceResult => ({ n, metrics: n === 0 ? {} : { 'NDCG@10': { value, low: value - half, high: value + half } } });
const evaluation = (value: number, half = 0.01): RunRecord['test'] => ({ all: slice(value, half), warm: slice(value, half, 400), cold: slice(value, half, 600), new: slice(0, 0, 50) });

/** A run with nothing to object to: by time, tuned, best in the middle, well above popularity, and a second seed beside it. */
function good(patch: Partial<RunRecord> = {}): RunRecord {
  return {
    format: RUN_FORMAT, version: RUN_VERSION, id: 'r1', name: 'Good', createdAt: '2026-11-21T08:00:00.000Z', build: 'test', status: 'done',
    data: { name: 'Demo', recipe: 'demo', hash: 'd', counts: { users: 1000, items: 500, interactions: 50_000 }, steps: [] },
    split: { protocol: 'temporal', spec: { ...DEFAULT_SPLIT, protocol: 'temporal' }, hash: 's', train: 40_000, validation: 5000, test: 5000, coldItems: 300, newItems: 40, leakage: 0, repeats: 0 },
    model: { id: 'net', params: { factors: 32, epochs: 3 } }, text: { column: 'lyrics', encoder: 'minilm', missing: 10 }, seed: 1, backend: 'cpu', selection: 'validation',
    measured: { patience: 5, maskValidation: true }, bestEpoch: 2, epochs: [1, 2, 3].map((epoch) => ({ epoch, loss: 1, seconds: 1, evaluateSeconds: 1, memory: null, validation: null })),
    test: evaluation(0.12), baselines: [{ id: 'popularity', validation: null, test: evaluation(0.05) }],
    seconds: { load: 0, prepare: 0, fit: 1, evaluate: 0 }, tuned: { trials: 20, strategy: 'random', metric: 'NDCG@10' }, warnings: [], notes: '', ...patch,
  };
}
const second = good({ id: 'r2', seed: 2 });
const core = (k: number, from: number, to: number): RunRecord['data']['steps'][number] => ({ step: { kind: 'core', k }, before: { users: 1200, items: from, interactions: from * 10 }, after: { users: 1000, items: to, interactions: to * 10 } });
const split = (patch: Partial<RunRecord['split']>): Partial<RunRecord> => ({ split: { ...good().split, ...patch } });
const test = (patch: Partial<RunRecord['test']>): Partial<RunRecord> => ({ test: { ...good().test, ...patch } });

/** One fault each, and what must be said of it. */
const faults: [string, string, Partial<RunRecord>, RegExp, string][] = [
  ['selection', 'the epoch chosen on the test', { selection: 'test' }, /best epoch \(2 of 3\) was chosen on the test set/, 'serious'],
  ['selection', 'no validation', { selection: 'last' }, /no validation set/, 'doubt'],
  ['candidates', 'validation items as candidates', { measured: { patience: 5, maskValidation: false } }, /among the test’s candidates/, 'remark'],
  ['finished', 'stopped by hand', { status: 'stopped' }, /stopped by hand after 3 epochs/, 'doubt'],
  ['converged', 'best at the last epoch', { bestEpoch: 3 }, /best epoch is the last one \(3\)/, 'doubt'],
  ['warnings', 'a trapped loss', { warnings: ['The loss is trapped.'] }, /a warning: The loss is trapped\./, 'doubt'],
  ['leakage', 'the future leaks', split({ leakage: 0.93 }), /^93 % of the test is older/, 'serious'],
  ['sampled', 'sampled metrics', { sampled: { origin: 'listed', negatives: 99 } }, /among 99 listed negatives/, 'serious'],
  ['repeats', 'repeats across the split', split({ repeats: 500 }), /500 held-out interactions \(4\.8 %\)/, 'doubt'],
  ['core', 'a core before the split', { data: { ...good().data, steps: [core(5, 900, 700), core(5, 700, 500)] } }, /5-core .* 200 of 1,200 users and 400 of 900 items/, 'remark'],
  ['test-size', 'a tiny test', test({ all: slice(0.12, 0.01, 120) }), /Only 120 users/, 'doubt'],
  ['slice-size', 'a thin cold slice', test({ cold: slice(0.12, 0.01, 12) }), /cold items: n = 12/, 'doubt'],
  ['text', 'text mostly missing', { text: { column: 'lyrics', encoder: 'minilm', missing: 300 } }, /empty for 300 of 500 items \(60 %\)/, 'doubt'],
  ['popularity', 'no popularity', { baselines: [] }, /no popularity baseline/, 'serious'],
  ['effect', 'worse than popularity', { test: evaluation(0.02) }, /worse than popularity: all items \.0200/, 'serious'],
  ['effect', 'no clear difference on cold items', test({ cold: slice(0.06, 0.04) }), /wider than the difference from popularity: cold items \.0600 \(\.0200 to \.1000\) against \.0500/, 'remark'],
];

describe('the evaluation linter', () => {
  it('has nothing to object to in a good run, and says what it looked at', () => {
    const report = lintRun(good(), [second]);
    expect(report.objections).toEqual([]);
    expect(report.unknown).toEqual([]);
    expect(lintSummary(report)).toBe('Nothing to object to');
    expect(report.passed.length + report.skipped.length).toBe(CHECKS.length);
    expect(report.passed.length).toBeGreaterThanOrEqual(14);
  });
  it.each(faults)('%s: %s is objected to, and nothing else is', (check, _, patch, words, severity) => {
    const { objections } = lintRun(good(patch), [second]);
    expect(objections.map((o) => o.check)).toEqual([check]);
    expect(objections[0]!.what).toMatch(words);
    expect(objections[0]!.severity).toBe(severity);
    for (const part of ['what', 'why', 'remedy'] as const) expect(objections[0]![part]).toMatch(/^.{15,}[.]$/s);
  });
  it('a single seed is objected to, except where the seed changes nothing', () => {
    expect(lintRun(good()).objections.map((o) => o.check)).toEqual(['seeds']);
    expect(lintRun(good(), [], () => ({ name: 'Net', seeded: false, tunable: true })).objections).toEqual([]);
    expect(lintRun(good(), [good({ id: 'r2', seed: 2, model: { id: 'net', params: { factors: 8, epochs: 3 } } })]).objections.map((o) => o.check)).toEqual(['seeds']);
  });
  it('untuned settings are objected to; a search behind another seed of the same settings counts', () => {
    const { tuned: _, ...untuned } = good();
    expect(lintRun(untuned, [{ ...untuned, id: 'r2', seed: 2 }]).objections.map((o) => o.check)).toEqual(['tuned']);
    expect(lintRun(untuned, [second]).objections).toEqual([]);
  });
  it('a tuned model among untuned rivals is objected to by their names; runs of another split are not rivals', () => {
    const { tuned: _, ...untuned } = good({ id: 'r3', model: { id: 'ease', params: { lambda: 500 } } });
    expect(lintRun(good(), [second, untuned]).objections[0]?.what).toBe('It was tuned, but on this split ease was not.');
    expect(lintRun(good(), [second, { ...untuned, split: { ...untuned.split, hash: 'other' } }]).objections).toEqual([]);
  });
  it('what a record does not say is neither passed nor objected to', () => {
    const { repeats: _, ...before } = good().split;
    expect(lintRun(good({ split: { ...before, leakage: null } }), [second]).unknown.map((u) => u.check)).toEqual(['leakage', 'repeats']);
  });
  it('a popularity run is not asked for tuning, seeds or a popularity baseline', () => {
    const { tuned: _, ...run } = good({ model: { id: 'popularity', params: {} }, text: null, baselines: [], epochs: [], bestEpoch: null, selection: 'none' });
    expect(lintRun(run).objections).toEqual([]);
  });
  it('for a terminal: a summary and one line each, the gravest first', () => {
    const lines = lintLines(lintRun(good({ selection: 'test', bestEpoch: 3 }), [second]));
    expect(lines[0]).toMatch(/^Review: 2 objections, 1 of them serious; \d+ checks in order\.$/);
    expect(lines.slice(1).map((l) => l.split(':')[0])).toEqual(['  serious', '  doubt']);
  });
});
