import type { English } from './words/translate.mjs';

export function gather(): English;
