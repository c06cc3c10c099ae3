/** Global temporal split: one point in time for everyone, so that no model is trained on what happened after the test. */
import type { Interactions } from '../../core/dataset';

/** Role of each row: 0 train, 1 validation, 2 test. */
export type Roles = Uint8Array;

/**
 * The newest `testShare` of all interactions are test, the `validationShare` before them validation.
 * Order: time, then source row; source row alone where there is no time. At least one train row remains.
 */
export function temporalRoles(x: Interactions, testShare: number, validationShare: number): Roles {
  const N = x.user.length;
  const order = new Int32Array(N);
  for (let k = 0; k < N; k++) order[k] = k;
  const { time, row } = x;
  order.sort((a, b) => (time ? time[a]! - time[b]! : 0) || row[a]! - row[b]! || a - b);
  const test = Math.min(Math.round(N * testShare), Math.max(0, N - 1));
  const validation = Math.min(Math.round(N * validationShare), N - 1 - test);
  const roles = new Uint8Array(N);
  for (let k = N - test; k < N; k++) roles[order[k]!] = 2;
  for (let k = N - test - validation; k < N - test; k++) roles[order[k]!] = 1;
  return roles;
}
