/** Commands that hold everywhere; each screen adds its own while it is open. */
import { dataFlow, openDemo, undoReplace } from '../../app/data';
import { importRuns, removeRun, runs, undoRemove } from '../../app/runs';
import { chooseFiles } from '../../ui/choose-files';
import type { Command } from '../../app/commands';
import { formatHash, navigate, SCREENS, type Screen } from '../../app/url';
import { showKeys, startTour } from './overlays';
import { screens } from './screens';
import { toggleTheme } from './use-theme';
import { openWorkspaceFile, saveWorkspaceToFile } from './workspace-actions';

/** Second key of 'g …'. */
const LETTERS: Record<Screen, string> = { data: 'd', explore: 'e', text: 'x', train: 't', compare: 'c', recommend: 'r' };

const place = (screen: Screen, query: Record<string, string>, label: string, keywords: string[] = []): Command => ({
  id: `go ${formatHash(screen, query)}`,
  group: 'Go to',
  label,
  keywords,
  run: () => navigate(screen, query),
});

export const shellCommands: Command[] = [
  ...SCREENS.map((s): Command => ({ id: `go ${s}`, group: 'Go to', label: screens[s].title, keywords: ['screen', 'open'], keys: `g ${LETTERS[s]}`, run: () => navigate(s) })),
  place('train', { mode: 'search' }, 'Train: search for settings', ['tune', 'hyper-parameter']),
  place('train', { task: 'predict' }, 'Train: predict ratings', ['stars', 'RMSE']),
  place('compare', { tab: 'leaderboard' }, 'Compare: leaderboard', ['models', 'best']),
  place('compare', { tab: 'ablation' }, 'Compare: ablation', ['columns', 'without']),
  place('compare', { tab: 'reproduce' }, 'Compare: reproduce published numbers', ['paper', 'reference']),
  place('recommend', { tab: 'person' }, 'Recommend: a person', ['user', 'list']),
  place('recommend', { tab: 'new-user' }, 'Recommend: a new user', ['fold in']),
  place('recommend', { tab: 'new-song' }, 'Recommend: a new item', ['cold', 'lyrics']),
  place('recommend', { tab: 'map' }, 'Recommend: map', ['UMAP', 'PCA']),
  place('recommend', { tab: 'index' }, 'Recommend: index', ['nearest neighbours', 'fast']),
  {
    id: 'demo',
    group: 'Data',
    label: 'Try the demo',
    description: 'Load the bundled data set and start training at once',
    keywords: ['example', 'sample'],
    run: () => void openDemo().then((opened) => opened && navigate('train', { start: '1' })),
  },
  { id: 'save workspace', group: 'Data', label: 'Save workspace to a file', keywords: ['export', 'backup', 'download'], run: () => void saveWorkspaceToFile() },
  { id: 'open workspace', group: 'Data', label: 'Open a workspace file', keywords: ['import', 'restore'], run: () => chooseFiles(([file]) => file && void openWorkspaceFile(file), { accept: '.zip,application/zip' }) },
  { id: 'data undo', group: 'Data', label: 'Bring back the data set before this one', keywords: ['undo', 'replaced', 'closed'], run: () => dataFlow.getState().previous && (undoReplace(), navigate('data')) },
  { id: 'runs import', group: 'Runs', label: 'Import runs', description: 'JSON saved with Export run, or written by the command line', run: () => chooseFiles((files) => { navigate('compare'); void importRuns(files); }, { accept: '.json,application/json', multiple: true }) },
  { id: 'runs delete', group: 'Runs', label: 'Delete the run that is shown', run: () => { const [id] = runs.store.getState().selected; if (id) void removeRun(id); } },
  { id: 'runs undo', group: 'Runs', label: 'Bring back the run deleted last', keywords: ['undo'], run: () => void undoRemove() },
  { id: 'theme', group: 'View', label: 'Switch between light and dark', keywords: ['theme', 'colour', 'night'], run: toggleTheme },
  { id: 'print', group: 'View', label: 'Print this screen', keywords: ['paper', 'PDF'], run: () => window.print() },
  { id: 'keys', group: 'Help', label: 'All keys', keywords: ['keyboard', 'shortcuts'], keys: '?', run: () => showKeys(true) },
  { id: 'tour', group: 'Help', label: 'Take the tour', description: 'Five steps, about a minute', keywords: ['introduction', 'first steps'], run: startTour },
];
