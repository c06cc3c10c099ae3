/** The training run of this page: the trainer joined to the worker, the workspace and the storage. */
import { useStore } from 'zustand';
import { newId } from '../core/new-id';
import { kernelsWanted } from './kernels';
import { keepRun } from './runs';
import { settings } from './settings';
import { deleteCheckpoint, loadCheckpoints, saveCheckpoint } from './storage';
import { createTrainer, type TrainState } from './trainer';
import { threadsWanted } from './threads';
import { trainerWorker } from './workers';
import { held, workspace } from './workspace';

export const trainer = createTrainer({
  client: trainerWorker,
  now: () => Date.now(),
  newId,
  held: () => held,
  split: () => workspace.getState().split,
  backend: () => settings.getState().backend,
  kernels: kernelsWanted,
  threads: threadsWanted,
  build: import.meta.env.VITE_BUILD ?? 'development',
  storage: { saveCheckpoint, loadCheckpoints, deleteCheckpoint },
  finished: keepRun,
});

export const { startRun, resumeCheckpoint, discardCheckpoint, refreshCutOff } = trainer;
export const pauseRun = trainer.pause;
export const resumeRun = trainer.resume;
export const stepRun = trainer.step;
export const stopRun = trainer.stop;
export const dismissTrainFailure = trainer.dismissFailure;
export const reportTrainFailure = trainer.reportFailure;
export const useTrain = <T>(select: (s: TrainState) => T): T => useStore(trainer.store, select);
