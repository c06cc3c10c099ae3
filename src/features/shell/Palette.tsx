import { spotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useEffect } from 'react';
import { registerCommands, useCommands } from '../../app/commands';
import { useScreen } from '../../app/url';
import { Keys } from './Keys';
import { shellCommands } from './shell-commands';

/** Headings in the order they stand in, whoever registers first; a screen's own follow. */
const FIRST = ['Go to', 'Data', 'Runs', 'View', 'Compute', 'Storage', 'Help'];

/** Everything one can do, one keystroke away. */
export function Palette() {
  useEffect(() => registerCommands(shellCommands), []);
  const commands = useCommands();
  // Its commands are those of the screen it was opened on. Back, a link, an address typed in: all of them leave it.
  const screen = useScreen();
  useEffect(() => spotlight.close(), [screen]);
  useEffect(() => {
    window.addEventListener('hashchange', spotlight.close);
    return () => window.removeEventListener('hashchange', spotlight.close);
  }, []);
  const groups = new Map<string, SpotlightActionGroupData>(FIRST.map((group) => [group, { group, actions: [] }]));
  for (const c of commands) {
    const group = groups.get(c.group) ?? { group: c.group, actions: [] };
    group.actions.push({ id: c.id, label: c.label, ...(c.description ? { description: c.description } : {}), keywords: c.keywords ?? [], ...(c.keys ? { rightSection: <Keys keys={c.keys} /> } : {}), onClick: c.run });
    groups.set(c.group, group);
  }
  return <Spotlight actions={[...groups.values()].filter((g) => g.actions.length > 0)} shortcut={['mod + K']} nothingFound="Nothing of that name" highlightQuery scrollable maxHeight={380} overlayProps={{ backgroundOpacity: 0.3, blur: 0 }} attributes={{ content: { 'aria-label': 'Commands' } }} searchProps={{ placeholder: 'Go to, do, find…', 'aria-label': 'Command' }} />;
}
