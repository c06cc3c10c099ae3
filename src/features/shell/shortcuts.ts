/** Keys without a modifier: single ones ('?') and sequences ('g d'). Never heard while somebody types or a dialog is open. */
import { useEffect } from 'react';
import { allCommands, type Command } from '../../app/commands';

/** Milliseconds within which the second key of a sequence must follow. */
export const SEQUENCE_MS = 1500;

export interface KeyReader {
  /** What the keys so far ask for: a command, 'waiting' for more of a sequence, or null. */
  read(key: string, at: number, commands: readonly Pick<Command, 'keys' | 'run'>[]): Pick<Command, 'keys' | 'run'> | 'waiting' | null;
}

export function keyReader(): KeyReader {
  let before: { keys: string; at: number } | null = null;
  return {
    read(key, at, commands) {
      const own = commands.filter((c) => c.keys && !c.keys.startsWith('mod+'));
      const prefix = before && at - before.at <= SEQUENCE_MS ? `${before.keys} ` : '';
      before = null;
      // A key that does not go on with the sequence begins anew.
      for (const keys of prefix ? [prefix + key, key] : [key]) {
        const hit = own.find((c) => c.keys === keys);
        if (hit) return hit;
        if (own.some((c) => c.keys!.startsWith(`${keys} `))) {
          before = { keys, at };
          return 'waiting';
        }
      }
      return null;
    },
  };
}

/** Letters belong to whatever is being written in. */
const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest('input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="menu"]') !== null;

export function useShortcuts(): void {
  useEffect(() => {
    const reader = keyReader();
    const hear = (e: KeyboardEvent): void => {
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || isTyping(e.target)) return;
      if (document.querySelector('[aria-modal="true"]')) return;
      const found = reader.read(e.key.toLowerCase(), e.timeStamp, allCommands());
      if (found === null) return;
      e.preventDefault();
      if (found !== 'waiting') found.run();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}
