/** Opening and closing data from this screen: the app's actions plus the notice that offers Undo. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import * as data from '../../app/data';
import { navigate } from '../../app/url';

const NOTICE = 'data-undo';

/** Says what was replaced or closed and offers to bring it back; nothing where there was nothing before. */
export function offerUndo(): void {
  const { previous } = data.dataFlow.getState();
  if (!previous) {
    notifications.hide(NOTICE);
    return;
  }
  notifications.hide(NOTICE);
  notifications.show({
    id: NOTICE,
    title: previous.how === 'closed' ? `${previous.name} was closed` : `${previous.name} was replaced`,
    message: (
      <Button
        variant="default"
        mt={6}
        onClick={() => {
          data.undoReplace();
          notifications.hide(NOTICE);
        }}
      >
        Undo
      </Button>
    ),
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  });
}

export async function openFiles(files: readonly File[]): Promise<void> {
  if (await data.openFiles(files)) offerUndo();
}
export async function openDemo(): Promise<void> {
  if (await data.openDemo()) offerUndo();
}
/** The first visit's one click: demo data, then a model that starts at once. */
export async function tryDemo(): Promise<void> {
  if (await data.openDemo()) {
    offerUndo();
    navigate('train', { start: '1' });
  }
}
export async function applyMapping(): Promise<void> {
  if (await data.applyMapping()) offerUndo();
}
export function closeDataSet(): void {
  data.closeDataSet();
  offerUndo();
}
