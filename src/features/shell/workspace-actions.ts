/** Saving, opening and deleting the whole workspace, with the messages that belong to it. */
import { notifications } from '@mantine/notifications';
import { Problem } from '../../core/problem';
import { refreshRuns, runs } from '../../app/runs';
import { replaceBy } from '../../app/data';
import { deleteEverything } from '../../app/storage';
import { workspace } from '../../app/workspace';
import { exportWorkspace, importWorkspace } from '../../app/workspace-file';
import { download } from '../../ui/download';
import { bytes, plural } from '../../ui/format';
import { offerUndo } from '../data/opening';

export function tellProblem(title: string, error: unknown): void {
  const message = error instanceof Problem ? error.message : error instanceof Error ? error.message : String(error);
  notifications.show({ title, message, color: 'red', autoClose: false, withBorder: true });
}

export async function saveWorkspaceToFile(): Promise<void> {
  try {
    const { name, blob } = await exportWorkspace(runs.store.getState().runs);
    download(name, blob);
    notifications.show({ title: 'Workspace saved', message: `${name}, ${bytes(blob.size)}. It is in your downloads.`, withBorder: true });
  } catch (error) {
    tellProblem('The workspace could not be saved', error);
  }
}

export async function openWorkspaceFile(file: File): Promise<void> {
  try {
    const before = workspace.getState().data !== null;
    const found = await importWorkspace(file, replaceBy);
    await refreshRuns();
    if (before && found.data !== null) offerUndo();
    notifications.show({ title: 'Workspace opened', message: `${found.data ?? 'No data set'}, ${plural(found.runs, 'run')}.`, withBorder: true });
  } catch (error) {
    tellProblem('The workspace could not be opened', error);
  }
}

export async function deleteAllAndReload(): Promise<void> {
  try {
    await deleteEverything();
    window.location.hash = '';
    window.location.reload();
  } catch (error) {
    tellProblem('Not everything could be deleted', error);
  }
}
