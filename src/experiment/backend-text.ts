import type { BackendChoice } from '../../workers/protocol';

/** What a run record says computed it. */
export const backendText = (choice: BackendChoice): string => (choice.kernels?.on === false ? `${choice.chosen}, our kernels off` : choice.chosen);
