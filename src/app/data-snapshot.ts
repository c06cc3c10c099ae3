/** What undo needs after a data set was replaced or closed: the facts and the arrays behind them. */
import { held, workspace, type WorkspaceState } from './workspace';

export interface Snapshot {
  state: WorkspaceState;
  held: typeof held;
}

/** Null when nothing is loaded: then there is nothing to bring back. */
export function takeSnapshot(): Snapshot | null {
  if (!held.data) return null;
  return { state: workspace.getState(), held: { ...held, vectors: new Map(held.vectors) } };
}

export function restoreSnapshot(snapshot: Snapshot): void {
  Object.assign(held, { ...snapshot.held, vectors: new Map(snapshot.held.vectors) });
  workspace.setState(snapshot.state, true);
}
