import { Dropzone } from '@mantine/dropzone';
import { openFiles } from './opening';
import css from './DropAnywhere.module.css';

/** The whole page takes files while this screen is open. */
export function DropAnywhere({ current }: { current: string | null }) {
  return (
    <Dropzone.FullScreen active onDrop={(files) => void openFiles(files)} activateOnKeyboard={false} className={css.cover} aria-hidden>
      <div className={css.text}>
        <strong>Drop to open</strong>
        <span>{current ? `${current} stays loaded until the new files are read; Undo brings it back.` : 'Files stay on this device.'}</span>
      </div>
    </Dropzone.FullScreen>
  );
}
