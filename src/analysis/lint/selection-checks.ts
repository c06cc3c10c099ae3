/** How the result was arrived at: what chose it, and whether training came to its end. */
import { count, type Check } from './check';

export const selectionChecks: readonly Check[] = [
  {
    id: 'selection',
    title: 'Nothing was chosen on the test set',
    look: (run) =>
      run.selection === 'test'
        ? {
            severity: 'serious',
            what: `The best epoch (${run.bestEpoch ?? '?'} of ${count(run.epochs.length)}) was chosen on the test set.`,
            why: 'The highest of many looks at the test set is too good: part of it is luck that will not come again.',
            remedy: 'Train with a preset that chooses on validation, and read the test once.',
          }
        : run.selection === 'last'
          ? {
              severity: 'doubt',
              what: 'There was no validation set, so the last epoch was taken.',
              why: 'Readers will ask how the number of epochs was found, and suspect the test set.',
              remedy: 'Switch validation on in the split, or give the source of the number of epochs.',
            }
          : 'ok',
  },
  {
    id: 'candidates',
    title: 'Validation items are left out of the test’s candidates',
    look: (run) =>
      run.split.validation === 0 || run.sampled
        ? 'skip'
        : run.measured === undefined
          ? { unknown: 'The record was made before this was noted.' }
          : run.measured.maskValidation
            ? 'ok'
            : {
                severity: 'remark',
                what: 'Each user’s validation item stood among the test’s candidates.',
                why: 'A good model ranks it high, above the test item; figures are lower than under the usual rule and not comparable with them.',
                remedy: 'Say so, or take a preset that leaves validation items out.',
              },
  },
  {
    id: 'finished',
    title: 'The run came to its end',
    look: (run) =>
      run.status === 'done'
        ? 'ok'
        : {
            severity: run.status === 'failed' ? 'serious' : 'doubt',
            what: run.status === 'failed' ? 'The run failed.' : `The run was stopped by hand after ${count(run.epochs.length)} ${run.epochs.length === 1 ? 'epoch' : 'epochs'}.`,
            why: 'When somebody stops a run, when to stop was chosen by watching it.',
            remedy: 'Let it run to its end, or to its early stopping.',
          },
  },
  {
    id: 'converged',
    title: 'Training had levelled off',
    look: (run) => {
      const last = run.epochs.at(-1)?.epoch;
      if (last === undefined || run.bestEpoch === null) return 'skip';
      return run.bestEpoch < last
        ? 'ok'
        : {
            severity: 'doubt',
            what: `The best epoch is the last one (${count(last)}): it was still getting better.`,
            why: 'A model that has not converged is not shown at its best, and a comparison with it is worth little.',
            remedy: 'Train for more epochs with early stopping.',
          };
    },
  },
  {
    id: 'warnings',
    title: 'No warning was raised while it trained',
    look: (run) => {
      const warnings = [...new Set([...run.warnings, ...run.epochs.flatMap((e) => (e.warning ? [e.warning] : []))])];
      return warnings.length === 0
        ? 'ok'
        : {
            severity: 'doubt',
            what: `The run gave ${warnings.length === 1 ? 'a warning' : `${warnings.length} warnings`}: ${warnings.join(' ')}`,
            why: 'A trapped or diverged loss says more about the start than about the model.',
            remedy: 'Follow the warning, or show several seeds.',
          };
    },
  },
];
