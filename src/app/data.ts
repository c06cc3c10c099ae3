/** The page's one data flow, bound to the data worker. Actions are plain functions; components select from the store. */
import { useStore } from 'zustand';
import { makeDataFlow } from './data-flow';
import type { DataFlow } from './data-flow-state';
import { baseAddress, dataWorker } from './workers';

export type { Fault } from './data-fault';
export { DEFAULT_RULES } from './data-flow';
export type { DataFlow, OpenedFiles } from './data-flow-state';

const flow = makeDataFlow(dataWorker, baseAddress);

export const dataFlow = flow.store;
export const useDataFlow = <T>(select: (s: DataFlow) => T): T => useStore(flow.store, select);

export const {
  openFiles,
  openDemo,
  stopWork,
  setName,
  setFileRole,
  setColumnRole,
  setReadOptions,
  applyMapping,
  mapByHand,
  cancelMapping,
  setRules,
  setSplitSpec,
  setTestFile,
  ensureSplit,
  closeDataSet,
  replaceBy,
  undoReplace,
  dismissError,
  rejectedRows,
} = flow;
