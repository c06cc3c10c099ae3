import type { BackendChoice } from '../../workers/protocol';

/** What a run record says computed it. */
export const backendText = (choice: BackendChoice): string => {
  if (choice.kernels?.on === false) return `${choice.chosen}, our kernels off`;
  return choice.threads > 1 ? `${choice.chosen}, ${choice.threads} threads` : choice.chosen;
};

/** The same with the threads of models that need no backend, where there was more than one. */
export const withThreads = (backend: string, threads: number): string => (backend === 'typescript' && threads > 1 ? `${backend}, ${threads} threads` : backend);
