import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import css from './Keys.module.css';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const names: Record<string, string> = { mod: mac ? '⌘' : 'Ctrl', shift: mac ? '⇧' : 'Shift', enter: 'Enter', escape: 'Esc' };

/** 'mod+Enter' as two keys side by side, 'g d' as two keys one after the other. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keys.split(' ').map((part, k) => (
        <Fragment key={k}>
          {k > 0 && <span className={css.then}>then</span>}
          {(part === '+' ? [part] : part.split('+')).map((key) => (
            <Kbd key={key} size="xs" className={css.key}>
              {names[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
