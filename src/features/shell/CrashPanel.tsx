import { Button, Group } from '@mantine/core';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { saveWorkspaceToFile } from './workspace-actions';
import css from './Shell.module.css';

export function CrashPanel({ error, part, onRetry }: { error: Error; part?: string | undefined; onRetry(): void }) {
  return (
    <div className={css.crash}>
      <ErrorPanel
        title={`${part ?? 'The page'} could not be shown`}
        what={error.message}
        remedy="Your data is kept in this browser. Try again, or reload the page; if it happens again, save the workspace to a file first."
      />
      <Group gap={8} mt={12}>
        <Button onClick={onRetry}>Try again</Button>
        <Button variant="default" onClick={() => void saveWorkspaceToFile()}>
          Save workspace to a file
        </Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      </Group>
    </div>
  );
}
