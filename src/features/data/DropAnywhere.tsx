import { Portal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { filesOf } from './dropped-files';
import { openFiles } from './opening';
import css from './DropAnywhere.module.css';

const carriesFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') ?? false;

/** The whole page takes files while this screen is open. The cover appears only while files are dragged over it. */
export function DropAnywhere({ current }: { current: string | null }) {
  const [over, setOver] = useState(false);
  // dragenter and dragleave also come from every element that is crossed on the way.
  const depth = useRef(0);
  useEffect(() => {
    const set = (n: number): void => {
      depth.current = Math.max(0, n);
      setOver(depth.current > 0);
    };
    const enter = (e: DragEvent): void => {
      if (carriesFiles(e)) set(depth.current + 1);
    };
    const leave = (e: DragEvent): void => {
      if (carriesFiles(e)) set(depth.current - 1);
    };
    const hold = (e: DragEvent): void => {
      if (carriesFiles(e)) e.preventDefault(); // without this the browser opens the file instead
    };
    const drop = (e: DragEvent): void => {
      set(0);
      if (!carriesFiles(e) || e.defaultPrevented) return; // a smaller target took them
      e.preventDefault();
      void filesOf(e.dataTransfer).then(openFiles);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', drop);
    };
  }, []);
  if (!over) return null;
  return (
    <Portal>
      <div className={css.cover} aria-hidden>
        <div className={css.text}>
          <strong>Drop to open</strong>
          <span>{current ? `${current} stays loaded until the new files are read; Undo brings it back.` : 'Files stay on this device.'}</span>
        </div>
      </div>
    </Portal>
  );
}
