import { useState, type DragEvent } from 'react';

export interface FileDrop {
  /** Spread over the element that takes files; `data-over` is set while files hang over it. */
  target: { 'data-over': true | undefined; onDragOver(e: DragEvent): void; onDragLeave(): void; onDrop(e: DragEvent): void };
}

/** Takes dropped files for itself: nothing around it sees them. Text and links that are dragged about are left alone. */
export function useFileDrop(onFiles: (files: File[]) => void): FileDrop {
  const [over, setOver] = useState(false);
  return {
    target: {
      'data-over': over || undefined,
      onDragOver: (e) => {
        if (!e.dataTransfer.types.includes('Files')) return;
        e.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (e) => {
        e.preventDefault();
        e.stopPropagation();
        setOver(false);
        onFiles([...e.dataTransfer.files]);
      },
    },
  };
}
