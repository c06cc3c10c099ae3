/** Sentences about a split, computed from its counts. */
import type { ColdRule, SplitProtocol, SplitSummary } from '../../core/split';
import { count, percent, plural } from '../../ui/format';
import type { Nouns } from './words';

/** "The bottom 80 % of artists by train interactions are cold: 2,258 of 2,823, with at most 27 each." */
export function meaningOfCold(rule: ColdRule, s: SplitSummary, n: Nouns): string {
  const head = rule.kind === 'share' ? `The bottom ${percent(rule.share)} of ${n.items} by train interactions are cold` : `${n.items[0]!.toUpperCase()}${n.items.slice(1)} with at most ${plural(rule.max, 'train interaction')} are cold`;
  if (s.coldItems === 0) return `${head}: none of ${count(s.items)} at this setting.`;
  const most = rule.kind === 'share' && s.highestColdDegree !== null ? `, with at most ${plural(s.highestColdDegree, 'interaction')} each` : '';
  const fresh = s.newItems > 0 ? ` ${count(s.newItems)} of them ${s.newItems === 1 ? 'has none at all and is' : 'have none at all and are'} strictly new.` : '';
  return `${head}: ${count(s.coldItems)} of ${count(s.items)}${most}.${fresh}`;
}

/** Why a slice of the test set is empty and what to do; null when it is not. */
export function whyEmpty(slice: 'warm' | 'cold' | 'new', s: SplitSummary, n: Nouns, hasTime: boolean): string | null {
  const size = { warm: s.testWarm, cold: s.testCold, new: s.testNew }[slice];
  if (size > 0) return null;
  const none = `No ${slice === 'new' ? 'strictly new' : slice} test ${n.items} (0 of ${count(s.test)})`;
  if (slice === 'warm') return `${none}: lower the cold threshold.`;
  if (slice === 'cold') return `${none}: raise the cold threshold.`;
  return s.newItems > 0 ? `${none}: the ${count(s.newItems)} new ${n.items} are in the validation set only.` : `${none}: every ${n.item} has a train interaction.${hasTime ? ' The split by date brings out new ones.' : ''}`;
}

/** What the leakage figure means for this split. */
export function leakageSentence(s: SplitSummary, protocol: SplitProtocol): string {
  if (s.leakage === null) return 'Leakage cannot be measured without timestamps for every test interaction.';
  const share = `${percent(s.leakage)} of test interactions are older than the newest train interaction`;
  if (s.leakage === 0) return `${share}: nothing of the future is in the training data.`;
  return protocol === 'temporal' ? `${share}: they share its timestamp.` : `${share}: the model has seen some of the future of others. The split by date has none of this.`;
}
