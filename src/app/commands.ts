/** What the command palette offers. Screens add their own while they are open. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface Command {
  id: string;
  label: string;
  /** Heading it stands under: 'Go to', 'Data', … */
  group: string;
  description?: string;
  keywords?: string[];
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
