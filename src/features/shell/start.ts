/** What happens once, when the page opens. */
import { refreshRuns } from '../../app/runs';
import { restoreWorkspace } from '../../app/storage';
import { tabs } from '../../app/tabs';
import { watchUploads } from './uploads';

export function start(): void {
  watchUploads();
  tabs.watch();
  // Before anything is drawn, so that a shared link finds the data it is about.
  void restoreWorkspace();
  void refreshRuns();
}
