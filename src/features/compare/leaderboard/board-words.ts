/** What a board says, in one or two sentences computed from it. Pure. */
import type { Board, BoardRow } from '../../../analysis/leaderboard';
import { plural, rate } from '../../../ui/format';

export function boardReading(board: Board): string {
  const models = board.rows.filter((r) => r.kind !== 'chance' && r.value !== null);
  const best = models[0];
  if (!best) return 'No model has a value here yet.';
  const key = `${board.view.metric}@${board.view.k}`;
  const lead = `${best.label} is highest with ${key} ${rate(best.value!)}`;
  const tied = models.filter((r) => r !== best && r.tiedWithBest === true);
  const ties = !board.tested ? '.' : tied.length === 0 ? ', and every other model can be told apart from it.' : `; ${list(tied.map((r) => r.label))} cannot be told apart from it on these users.`;
  const popularity = board.rows.find((r) => r.kind === 'popularity');
  const below = popularity?.value == null ? [] : models.filter((r) => r.kind === 'model' && r.value! <= popularity.value!);
  const bar = best.kind === 'popularity' ? ' No model beats counting interactions.' : below.length > 0 ? ` ${list(below.map((r) => r.label))} ${below.length === 1 ? 'does' : 'do'} no better than popularity (${rate(popularity!.value!)}).` : '';
  const uneven = new Set(models.filter((r) => r.runs.length > 0 && !deterministic(r)).map((r) => r.seeds.length)).size > 1 ? ' Not every model has all its seeds yet.' : '';
  return `${lead}${ties}${bar}${uneven}`;
}

/** Trained once, or with the same result at every seed. */
const deterministic = (r: BoardRow): boolean => r.seeds.length === 1 || r.sd === 0;

export const sameEverySeed = (r: BoardRow): string => (r.seeds.length > 1 && r.sd === 0 ? 'the same at every seed' : '');

function list(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${plural(names.length - 3, 'other')}`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
