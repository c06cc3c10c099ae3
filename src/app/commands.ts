/** What the command palette offers. Screens add their own while they are open. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Command {
  id: string;
  label: string;
  /** Heading it stands under: 'Go to', 'Data', … */
  group: string;
  description?: string;
  keywords?: string[];
  /**
   * Its keys, for the palette and the sheet of keys: 'g d' (one after the other), '?', 'mod+Enter'. Single keys and
   * sequences are heard by the shell; whoever names a combination with mod hears it itself.
   */
  keys?: string;
  run(): void;
}

const store = createStore<{ commands: readonly Command[] }>(() => ({ commands: [] }));

/** Adds commands (a later one replaces an earlier one of the same id) and returns how to take them away again. */
export function registerCommands(commands: readonly Command[]): () => void {
  const ids = new Set(commands.map((c) => c.id));
  store.setState((s) => ({ commands: [...s.commands.filter((c) => !ids.has(c.id)), ...commands] }));
  return () => store.setState((s) => ({ commands: s.commands.filter((c) => !commands.includes(c)) }));
}

export const useCommands = (): readonly Command[] => useStore(store, (s) => s.commands);
export const allCommands = (): readonly Command[] => store.getState().commands;

/** Commands of a component while it is drawn. Each calls what was handed in last, so that it may close over state. */
export function useScreenCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shown = JSON.stringify(commands);
  useEffect(() => {
    const list = JSON.parse(shown) as Omit<Command, 'run'>[];
    return registerCommands(list.map((c) => ({ ...c, run: () => latest.current.find((x) => x.id === c.id)?.run() })));
  }, [shown]);
}
