import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useEffect } from 'react';
import { openDemo } from '../../app/data';
import { registerCommands, useCommands, type Command } from '../../app/commands';
import { navigate, SCREENS } from '../../app/url';
import { screens } from './screens';
import { toggleTheme } from './use-theme';
import { saveWorkspaceToFile } from './workspace-actions';

const own: Command[] = [
  ...SCREENS.map((s): Command => ({ id: `go ${s}`, group: 'Go to', label: screens[s].title, keywords: ['screen', 'open'], run: () => navigate(s) })),
  {
    id: 'demo',
    group: 'Data',
    label: 'Try the demo',
    description: 'Load the bundled data set and start training at once',
    keywords: ['example', 'sample'],
    run: () => void openDemo().then((opened) => opened && navigate('train', { start: '1' })),
  },
  { id: 'save workspace', group: 'Data', label: 'Save workspace to a file', keywords: ['export', 'backup', 'download'], run: () => void saveWorkspaceToFile() },
  { id: 'theme', group: 'View', label: 'Switch between light and dark', keywords: ['theme', 'colour', 'night'], run: toggleTheme },
];

/** Everything one can do, one keystroke away. */
export function Palette() {
  useEffect(() => registerCommands(own), []);
  const commands = useCommands();
  const groups = new Map<string, SpotlightActionGroupData>();
  for (const c of commands) {
    const group = groups.get(c.group) ?? { group: c.group, actions: [] };
    group.actions.push({ id: c.id, label: c.label, ...(c.description ? { description: c.description } : {}), keywords: c.keywords ?? [], onClick: c.run });
    groups.set(c.group, group);
  }
  return <Spotlight actions={[...groups.values()]} shortcut={['mod + K']} nothingFound="Nothing of that name" highlightQuery scrollable maxHeight={380} overlayProps={{ backgroundOpacity: 0.3, blur: 0 }} attributes={{ content: { 'aria-label': 'Commands' } }} searchProps={{ placeholder: 'Go to, do, find…', 'aria-label': 'Command' }} />;
}
