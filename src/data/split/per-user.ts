/** Leave-one-out choices: which rows of one user are held out. Rows of user u are start … end−1, in (time, source row) order. */
import type { Interactions } from '../../core/dataset';
import { createRandom, mix32 } from '../../core/random';
import type { SplitSpec } from '../../core/split';

/** Row numbers into the interactions; −1 where nothing is held out. */
export interface UserChoice {
  test: number;
  validation: number;
}
export const KEEP_ALL: UserChoice = { test: -1, validation: -1 };

/**
 * Fewest interactions a user needs to be measured.
 * With validation: 3, so that one train interaction remains. Without: 2, except that the portable hash split
 * takes every user, because its rule, written to be recomputed elsewhere, knows no exception.
 */
export function fewestInteractions(spec: SplitSpec): number {
  if (spec.validation) return 3;
  return spec.protocol === 'hash' ? 1 : 2;
}

/** The newest interaction is test, the one before it validation. */
export function chooseLast(end: number, validation: boolean): UserChoice {
  return { test: end - 1, validation: validation ? end - 2 : -1 };
}

/**
 * mix32((user·2654435761 + item·40503) mod 2³²) over dense indices.
 * Math.imul multiplies modulo 2³², so the sum needs no further reduction.
 */
const hashKey = (user: number, item: number): number => mix32((Math.imul(user, 2654435761 | 0) + Math.imul(item, 40503)) | 0);

/** The largest key is test, the second-largest validation; equal keys (about one pair in 2³²): the earlier row wins. */
export function chooseByHash(x: Interactions, start: number, end: number, validation: boolean): UserChoice {
  let test = -1;
  let second = -1;
  let testKey = -1;
  let secondKey = -1;
  for (let row = start; row < end; row++) {
    const key = hashKey(x.user[row]!, x.item[row]!);
    if (key > testKey) {
      second = test;
      secondKey = testKey;
      test = row;
      testKey = key;
    } else if (key > secondKey) {
      second = row;
      secondKey = key;
    }
  }
  return { test, validation: validation ? second : -1 };
}

/** A draw that depends on the seed and the user's source id alone, so that other users coming or going changes nothing. */
export function chooseRandom(start: number, end: number, validation: boolean, seed: number, userId: string): UserChoice {
  const random = createRandom(seed, `split/${userId}`);
  const n = end - start;
  const test = random.int(n);
  if (!validation) return { test: start + test, validation: -1 };
  const other = random.int(n - 1);
  return { test: start + test, validation: start + (other >= test ? other + 1 : other) };
}
