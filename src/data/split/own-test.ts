/** "Bring your own test file": pairs of source ids become held-out pairs of dense indices. */
import type { DataSet } from '../../core/dataset';
import { Problem } from '../../core/problem';

export interface OwnPairs {
  user: number[];
  item: number[];
  /** Pairs naming a user or an item that the data does not have. */
  unknownUsers: number;
  unknownItems: number;
}

/** @throws Problem when there are no pairs, or none of them is known to the data. */
export function ownTestPairs(data: DataSet, pairs: { user: string[]; item: string[] } | undefined): OwnPairs {
  if (!pairs || pairs.user.length === 0) {
    throw new Problem('The split "own test file" needs a test file with users and items.', {}, 'Choose one, or take another split.');
  }
  const userOf = new Map(data.users.ids.map((id, k) => [id, k]));
  const itemOf = new Map(data.items.ids.map((id, k) => [id, k]));
  const out: OwnPairs = { user: [], item: [], unknownUsers: 0, unknownItems: 0 };
  for (let k = 0; k < pairs.user.length; k++) {
    const user = userOf.get(pairs.user[k]!);
    const item = itemOf.get(pairs.item[k]!);
    if (user === undefined) out.unknownUsers++;
    else if (item === undefined) out.unknownItems++;
    else {
      out.user.push(user);
      out.item.push(item);
    }
  }
  if (out.user.length === 0) {
    throw new Problem(
      `None of the ${pairs.user.length} test pairs is known to the data: ${out.unknownUsers} name an unknown user, ${out.unknownItems} an unknown item.`,
      { value: `${pairs.user[0]}, ${pairs.item[0]}` },
      'Check that the test file uses the same ids as the interactions, user first.',
    );
  }
  return out;
}
