import { FileButton as MantineFileButton, type FileButtonProps } from '@mantine/core';
import { useRef } from 'react';

/** A button that asks for files. The field is emptied afterwards, or a browser keeps silent when the same file is chosen again: after a Stop, or after the file was mended. */
export function FileButton<Multiple extends boolean = false>({ onChange, ...rest }: FileButtonProps<Multiple>) {
  const reset = useRef<() => void>(null);
  return (
    <MantineFileButton<Multiple>
      {...rest}
      resetRef={reset}
      onChange={(files) => {
        onChange(files);
        reset.current?.();
      }}
    />
  );
}
