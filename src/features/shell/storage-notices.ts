import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { settings } from '../../app/settings';
import { storage } from '../../app/storage';

/** Says once, plainly, when something could not be kept; the status bar goes on showing it. */
export function useStorageNotices(): void {
  useEffect(() => {
    let last: string | null = null;
    const look = (): void => {
      const { problem } = storage.getState();
      if (problem && problem.what !== last) notifications.show({ id: `storage ${problem.what}`, title: 'Not stored on this device', message: `${problem.what} ${problem.remedy}`, color: 'red', autoClose: 15_000, withBorder: true });
      last = problem?.what ?? null;
    };
    look();
    if (settings.getState().blocked && !storage.getState().problem) {
      notifications.show({ id: 'settings', title: 'Settings are not kept', message: 'This browser lets the page store nothing (a private window, or storage is blocked). Theme and backend hold until the tab is closed.', withBorder: true });
    }
    return storage.subscribe(look);
  }, []);
}
