import type { Plugin } from 'vite';

export type English = Record<string, string[]>;
export type Translation = Record<string, Record<string, string>>;
export function faultsOf(english: English, translation: Translation): string[];
export function withGaps(english: English, translation: Translation): Translation;
export function translate(source: string, file: string, say: (message: string) => string | undefined): string;
export function pseudo(message: string): string;
export function translated(root: string, words: Translation | 'pseudo'): Plugin;
export function isSpoken(file: string): boolean;
