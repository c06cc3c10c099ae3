/** Train, Pause, Resume, Step, Stop, with their keys. */
import { Button, Tooltip } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useScreenCommands } from '../../app/commands';
import { pauseRun, resumeRun, stepRun, stopRun, useTrain } from '../../app/train';
import { useWorkspace } from '../../app/workspace';
import { train, trainObstacle } from './controls';
import { catalogue, useTrainForm } from './form-state';
import { ShareButton } from './model-form';

export function RunActions() {
  const status = useTrain((s) => s.live?.status ?? null);
  const asked = useTrain((s) => s.live?.asked ?? null);
  // Read so that the buttons follow the form and the data.
  const model = useTrainForm((s) => s.config.model);
  useWorkspace((s) => s.data);
  useWorkspace((s) => s.vectors);
  const mac = useOs() === 'macos';
  const mod = mac ? '⌘' : 'Ctrl+';
  const obstacle = status === null ? trainObstacle() : null;
  const hasEpochs = useTrain((s) => catalogue.find((c) => c.id === (s.live?.model ?? model))?.iterative ?? false);
  const iterates = status !== 'preparing' && status !== 'stopping';

  const go = (): void => {
    if (status === null) {
      if (!obstacle) void train();
    } else if (status === 'paused') void resumeRun();
    else if (status === 'running') void (asked ? resumeRun() : pauseRun());
  };
  const oneEpoch = (): void => {
    if (!hasEpochs) return;
    if (status === null) {
      if (!obstacle) void train({ step: true });
    } else if (iterates) void stepRun();
  };
  useHotkeys(
    [
      ['mod+Enter', go],
      ['mod+shift+Enter', oneEpoch],
      ['mod+.', () => void stopRun()],
    ],
    [],
  );

  const share = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      notifications.show({ message: 'Link copied. It carries model, settings and view, not your data.' });
    } catch {
      notifications.show({ message: `Copy it from the address bar: the browser did not allow it here. ${window.location.href}` });
    }
  };

  useScreenCommands([
    { id: 'train go', group: 'Train', label: status === null ? 'Train this model' : status === 'paused' ? 'Resume the run' : 'Pause the run', keys: 'mod+Enter', run: go },
    ...(hasEpochs ? [{ id: 'train step', group: 'Train', label: 'Train one epoch', keys: 'mod+shift+Enter', run: oneEpoch }] : []),
    { id: 'train stop', group: 'Train', label: 'Stop the run and keep what was learned', keys: 'mod+.', run: () => void stopRun() },
    { id: 'train link', group: 'Train', label: 'Copy a link to these settings', keywords: ['share', 'address'], run: () => void share() },
  ]);

  return (
    <>
      <ShareButton onCopy={() => void share()} />
      {status === null && (
        <>
          {hasEpochs && (
            <Action hint={obstacle ?? `Train one epoch, then pause (${mod}Shift+Enter)`}>
              <Button variant="default" data-disabled={obstacle ? true : undefined} aria-disabled={obstacle !== null} onClick={oneEpoch}>
                Step
              </Button>
            </Action>
          )}
          <Action hint={obstacle ?? `Start training (${mod}Enter)`}>
            <Button data-disabled={obstacle ? true : undefined} aria-disabled={obstacle !== null} onClick={go}>
              Train
            </Button>
          </Action>
        </>
      )}
      {/* Pause takes Train's place, so that a second click on Train pauses and never ends a run. */}
      {status !== null && (
        <>
          <Action hint={status === 'stopping' ? `End at once; epochs since the last checkpoint are lost (${mod}.)` : `Stop after the present batch and keep what was learned (${mod}.)`}>
            <Button variant="default" onClick={() => void stopRun()}>
              {status === 'stopping' ? 'End now' : 'Stop'}
            </Button>
          </Action>
          <Action hint={`Train one epoch, then pause (${mod}Shift+Enter)`}>
            <Button variant="default" disabled={!iterates || asked === 'step'} onClick={oneEpoch}>
              Step
            </Button>
          </Action>
          <Action hint={status === 'paused' ? `Go on (${mod}Enter)` : asked === 'pause' ? 'Pauses after the present batch' : `Pause after the present batch (${mod}Enter)`}>
            <Button variant={status === 'paused' ? 'filled' : 'default'} disabled={!iterates} onClick={go}>
              {status === 'paused' ? 'Resume' : asked === 'pause' ? 'Pausing…' : asked === 'step' ? 'Do not pause' : 'Pause'}
            </Button>
          </Action>
        </>
      )}
    </>
  );
}

const Action = ({ hint, children }: { hint: string; children: ReactNode }) => (
  <Tooltip label={hint} position="bottom-end">
    {children}
  </Tooltip>
);
