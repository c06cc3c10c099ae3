/** Who counts as "people like them": users by the level of one categorical column. */
import type { CategoricalColumn, EntityTable } from '../../core/dataset';
import { chosenColumns } from '../../core/params';
import { messageOf, Problem } from '../../core/problem';

/** A column with a level for nearly every user repeats the id: no group would hold two people. */
const REPEATS_ID = 0.5;

/**
 * The column that makes the groups; null where users have none and none was named.
 * @throws Problem for a column there is not, or for more than one
 */
export function groupColumn(users: EntityTable, value: string): CategoricalColumn | null {
  const usable = users.columns.filter((c): c is CategoricalColumn => c.kind === 'categorical');
  let names: string[];
  try {
    names = chosenColumns(value, usable.map((c) => c.name));
  } catch (error) {
    throw new Problem(messageOf(error), {}, 'Choose one of the columns listed.');
  }
  const among = usable.filter((c) => names.includes(c.name));
  if (value === '*') {
    const groups = among.filter((c) => c.levels.length <= REPEATS_ID * users.ids.length);
    return groups.find((c) => c.name.toLowerCase() === 'country') ?? groups[0] ?? null;
  }
  if (among.length > 1) throw new Problem(`Popularity groups people by one column; ${among.length} were chosen: ${names.join(', ')}.`, {}, 'Choose one of them.');
  return among[0] ?? null;
}
