import { expect, it } from 'vitest';
import type { BackendChoice, BackendId, BackendReport } from '../../../workers/protocol';
import { withOthers } from './backend-reports';

const report = (id: BackendId, correct: boolean, reason: string): BackendReport => ({ id, available: correct, correct, milliseconds: correct ? 10 : null, detail: '', reason });
const choice = (chosen: BackendId, reports: BackendReport[]): BackendChoice => ({ chosen, reason: '', reports, threads: 1, isolated: true });

it('after a choice by hand every backend can still be chosen, and what was found about the others stays', () => {
  const before = choice('wasm', [report('webgpu', false, 'No adapter.'), report('wasm', true, 'Used: right numbers in the self-test.')]);
  const { reports } = withOthers(choice('cpu', [report('cpu', true, 'Used because it was asked for.')]), before);
  expect(reports.map((r) => r.id)).toEqual(['webgpu', 'wasm', 'webgl', 'cpu']);
  expect(reports.map((r) => r.available)).toEqual([false, true, true, true]);
  expect(reports[0]?.reason).toBe('No adapter.');
  expect(reports[1]?.reason).not.toMatch(/^Used/);
  expect(reports[3]?.reason).toBe('Used because it was asked for.');
});

it('a look at all of them is taken as it is', () => {
  const all = choice('wasm', (['webgpu', 'wasm', 'webgl', 'cpu'] as const).map((id) => report(id, id === 'wasm', id)));
  expect(withOthers(all, null)).toEqual(all);
});
