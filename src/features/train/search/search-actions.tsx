/** Search, or Stop while the study shown is searching. */
import { Button, Tooltip } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { useScreenCommands } from '../../../app/commands';
import { stopStudy } from '../../../app/search';
import type { StudyTask } from '../../../app/search/study';
import { useWorkspace } from '../../../app/workspace';
import { useRatingForm } from '../ratings/form-state';
import { useConfig } from './ground';
import { checkedNow, search, searchObstacle, useSearchForm, useShownStudy } from './search-state';

export function SearchActions({ task }: { task: StudyTask }) {
  // Read so that the button follows both forms and the data.
  useConfig(task);
  useRatingForm((s) => s.folds);
  useSearchForm((s) => s);
  useWorkspace((s) => s);
  const study = useShownStudy(task);
  const running = study?.running ?? false;
  const obstacle = searchObstacle(task, checkedNow(task));
  const mod = useOs() === 'macos' ? '⌘' : 'Ctrl+';
  useHotkeys(
    [
      ['mod+Enter', () => { if (!running && !obstacle) search(task); }],
      ['mod+.', () => { if (running) stopStudy(study!.id); }],
    ],
    [],
  );
  useScreenCommands([
    running ? { id: 'search stop', group: 'Train', label: 'Stop the search and keep what was found', keys: 'mod+.', run: () => stopStudy(study!.id) } : { id: 'search go', group: 'Train', label: 'Start the search', keys: 'mod+Enter', run: () => { if (!obstacle) search(task); } },
  ]);
  return running ? (
    <Tooltip label={`End the trials under way and keep what was found; Resume goes on later (${mod}.)`} position="bottom-end">
      <Button variant="default" onClick={() => stopStudy(study!.id)}>
        Stop
      </Button>
    </Tooltip>
  ) : (
    <Tooltip label={obstacle ?? `Start searching (${mod}Enter)`} position="bottom-end">
      <Button data-disabled={obstacle ? true : undefined} aria-disabled={obstacle !== null} onClick={() => !obstacle && search(task)}>
        Search
      </Button>
    </Tooltip>
  );
}
