/** A split in words, for forms, captions and exports. Pure. */
import type { SplitSpec } from '../../../core/split';
import { percent } from '../../../ui/format';

const protocols: Record<SplitSpec['protocol'], (s: SplitSpec) => string> = {
  last: () => 'last interaction of each user held out',
  hash: () => 'one interaction of each user held out by a portable hash',
  random: (s) => `one random interaction of each user held out (seed ${s.seed})`,
  temporal: (s) => `the newest ${percent(s.testShare)} of interactions held out`,
  file: () => 'test interactions from a file',
  listed: () => 'test items and negatives listed by the data',
};

export const splitWords = (s: SplitSpec): string => {
  const cold = s.cold.kind === 'share' ? `the ${percent(s.cold.share)} of items with fewest train interactions count as cold` : `items with at most ${s.cold.max} train interactions count as cold`;
  const text = `${protocols[s.protocol](s)}${s.validation ? ', one before it for validation' : ''}; ${cold}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
};
/** For captions: only what is held out. */
export const protocolWords = (s: SplitSpec): string => protocols[s.protocol](s);
