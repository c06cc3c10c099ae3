/** The words this screen uses for things the code names shortly. */
import type { CleaningRule } from '../../core/dataset';
import { describePlace, type Place } from '../../core/problem';
import type { SplitProtocol } from '../../core/split';
import type { ColumnRole, FileRole } from '../../../workers/protocol';

export interface Nouns {
  user: string;
  users: string;
  item: string;
  items: string;
}
const nouns = (user: string, item: string): Nouns => ({ user, users: `${user}s`, item, items: `${item}s` });

/** What users and items are called in a known data set. */
export function nounsOf(recipe: string): Nouns {
  if (recipe.startsWith('hetrec')) return nouns('listener', 'artist');
  if (recipe.startsWith('movielens') || recipe.startsWith('ncf')) return nouns('viewer', 'film');
  if (recipe.startsWith('demo') || recipe.startsWith('coldwave')) return nouns('listener', 'song');
  return nouns('user', 'item');
}

/** Where something is wrong, for a line of its own. */
export const placeText = (place: Place): string => describePlace(place).replace(/^\(|\)$/g, '');

/** A reason given in the middle of a sentence, as a sentence of its own. */
export const asSentence = (text: string): string => (text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}` : '');

export const FILE_ROLES: Record<FileRole, string> = {
  interactions: 'Interactions',
  matrix: 'User × item matrix',
  users: 'Users',
  items: 'Items',
  test: 'Test interactions',
  ignore: 'Ignore',
};

export const COLUMN_ROLES: Record<ColumnRole, string> = {
  user: 'User',
  item: 'Item',
  time: 'Time',
  value: 'Value (plays, rating)',
  id: 'Id',
  title: 'Title or name',
  artist: 'Artist',
  text: 'Text',
  category: 'Category',
  number: 'Number',
  tags: 'Tags',
  ignore: 'Ignore',
};

/** Characters between fields, as the reader takes them. */
export const DELIMITERS: { value: string; label: string }[] = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
  { value: '::', label: 'Two colons ::' },
  { value: ' ', label: 'Space' },
];
export const delimiterName = (delimiter: string): string => (DELIMITERS.find((d) => d.value === delimiter)?.label ?? delimiter).replace(/ \S+$/, (end) => (/\w/.test(end) ? end : '')).toLowerCase();

export const ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be', 'windows-1251', 'shift_jis', 'euc-kr', 'gb18030', 'big5'];

export function ruleName(rule: CleaningRule): string {
  if (rule.kind === 'core') return `${rule.k}-core`;
  if (rule.kind === 'minValue') return `Value at least ${rule.min}`;
  return { first: 'Repeated pairs, first kept', last: 'Repeated pairs, last kept', sum: 'Repeated pairs, added up' }[rule.keep];
}

export const PROTOCOLS: { value: SplitProtocol; label: string; short: string; help: string }[] = [
  { value: 'last', label: 'Last one out', short: 'the usual choice', help: 'Each user’s newest interaction is the test, the one before it the validation. Take it to compare with published results. Other users’ later behaviour is in the training data, so a little of the future leaks in.' },
  { value: 'temporal', label: 'By date', short: 'the honest one', help: 'One date for everybody: train on what came before, test on what came after. Take it when the result should hold for tomorrow. Newcomers are measured too, and items nobody has heard yet are strictly new.' },
  { value: 'random', label: 'Random per user', short: 'no order needed', help: 'One interaction of each user, drawn with a seed. Take it when order means nothing. It is easier than reality, because the model sees the future.' },
  { value: 'hash', label: 'Portable hash', short: 'same in any language', help: 'One interaction of each user, chosen by a fixed formula over user and item numbers. Take it when another program must arrive at exactly the same split.' },
  { value: 'listed', label: 'NCF: listed negatives', short: 'came with the data', help: 'The test items that came with the data, each ranked among its own listed negatives only. Take it to compare with papers that measured this way. Such figures are far higher than under full ranking and never stand beside them.' },
  { value: 'file', label: 'My own test file', short: 'user and item pairs', help: 'The pairs in your file are the test and leave the training data. Take it to repeat a split somebody has published.' },
];
