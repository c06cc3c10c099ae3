/** Where something is wrong, as exactly as is known. Lines count from 1 (the header is line 1 if there is one). */
export interface Place {
  file?: string;
  line?: number;
  column?: string;
  value?: string;
}

/**
 * An error a user can act on: what is wrong, where, what to do.
 * Crosses worker boundaries as {what, place, remedy}; see workers/rpc.ts.
 */
export class Problem extends Error {
  readonly what: string;
  readonly place: Place;
  readonly remedy: string;

  constructor(what: string, place: Place, remedy: string) {
    super([what, describePlace(place), remedy].filter(Boolean).join(' '));
    this.name = 'Problem';
    this.what = what;
    this.place = place;
    this.remedy = remedy;
  }
}

export function describePlace(p: Place): string {
  const parts = [
    p.file,
    p.line === undefined ? undefined : `line ${p.line.toLocaleString('en-US')}`,
    p.column === undefined ? undefined : `column "${p.column}"`,
    p.value === undefined ? undefined : `value ${JSON.stringify(p.value.length > 60 ? `${p.value.slice(0, 60)}…` : p.value)}`,
  ].filter(Boolean);
  return parts.length ? `(${parts.join(', ')})` : '';
}

/** What was thrown, in its own words: anything may be. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
/** What is wrong and what to do, in one go. */
export const wordsOf = (error: unknown): string => (error instanceof Problem ? `${error.what} ${error.remedy}` : messageOf(error));
/** What is wrong and what to do, apart. @param remedy for what is no Problem and so has none */
export const whatAndRemedy = <R>(error: unknown, remedy: R): { what: string; remedy: string | R } => (error instanceof Problem ? { what: error.what, remedy: error.remedy } : { what: messageOf(error), remedy });
