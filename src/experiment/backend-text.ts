import type { BackendChoice } from '../../workers/protocol';

/** What a run record says computed it. */
export const backendText = (choice: BackendChoice): string => {
  if (choice.kernels?.on === false) return `${choice.chosen}, our kernels off`;
  return choice.threads > 1 ? `${choice.chosen}, ${choice.threads} threads` : choice.chosen;
};
