/** Search, or Stop while the study shown is searching. */
import { Button, Tooltip } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { useScreenCommands } from '../../../app/commands';
import { stopStudy } from '../../../app/search';
import { useWorkspace } from '../../../app/workspace';
import { useTrainForm } from '../form-state';
import { checkedNow, search, searchObstacle, useSearchForm, useShownStudy } from './search-state';

export function SearchActions() {
  // Read so that the button follows both forms and the data.
  useTrainForm((s) => s.config);
  useSearchForm((s) => s);
  useWorkspace((s) => s);
  const study = useShownStudy();
  const running = study?.running ?? false;
  const obstacle = searchObstacle(checkedNow());
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl+';
  useHotkeys(
    [
      ['mod+Enter', () => { if (!running && !obstacle) search(); }],
      ['mod+.', () => { if (running) stopStudy(study!.id); }],
    ],
    [],
  );
  useScreenCommands([
    running ? { id: 'search stop', group: 'Train', label: 'Stop the search and keep what was found', keys: 'mod+.', run: () => stopStudy(study!.id) } : { id: 'search go', group: 'Train', label: 'Start the search', keys: 'mod+Enter', run: () => { if (!obstacle) search(); } },
  ]);
  return running ? (
    <Tooltip label={`End the trials under way and keep what was found; Resume goes on later (${mod}.)`} position="bottom-end">
      <Button variant="default" onClick={() => stopStudy(study!.id)}>
        Stop
      </Button>
    </Tooltip>
  ) : (
    <Tooltip label={obstacle ?? `Start searching (${mod}Enter)`} position="bottom-end">
      <Button data-disabled={obstacle ? true : undefined} aria-disabled={obstacle !== null} onClick={() => !obstacle && search()}>
        Search
      </Button>
    </Tooltip>
  );
}
