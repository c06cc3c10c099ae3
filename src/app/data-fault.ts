/** What went wrong with opening, cleaning or splitting data, as the page shows it. */
import { messageOf, Problem, type Place } from '../core/problem';

export interface Fault {
  what: string;
  place: Place;
  remedy: string;
}

export function faultOf(error: unknown): Fault {
  if (error instanceof Problem) return { what: error.what, place: error.place, remedy: error.remedy };
  return { what: messageOf(error), place: {}, remedy: 'What was loaded before is still loaded. Try again; if it happens again, reload the page.' };
}
