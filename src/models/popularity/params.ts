import { choice } from '../../core/params';

export const params = {
  count: choice({
    label: 'Count',
    help: 'What makes an item popular: how many people have it, or how much they played or liked it in total.',
    options: [
      { value: 'users', label: 'People', help: 'Train interactions of the item.' },
      { value: 'value', label: 'Plays or ratings', help: 'Sum of the value column over train interactions; people where there is none.' },
    ],
    default: 'users',
  }),
  halfLife: { kind: 'number', label: 'Half-life in days', help: 'Popular lately instead of popular ever: a play that is this many days older counts half as much. 0 counts all plays alike. Needs times; without them all plays count alike.', min: 0, max: 36500, default: 0 },
  audience: choice({
    label: 'Popular among',
    help: 'Whose plays are counted for a person.',
    options: [
      { value: 'everyone', label: 'everyone', help: 'One list for all.' },
      { value: 'group', label: 'people like them', help: 'People with the same value in a user column, such as country. A small group, or a person whose value is not known, gets the list of everyone.' },
    ],
    default: 'everyone',
  }),
  group: { kind: 'columns', label: 'Group by', help: 'The user column that makes the groups; only one. With all chosen, the country if there is one, else the first column with categories.', entity: 'users', default: '*', advanced: true },
  minPlays: { kind: 'int', label: 'Smallest group', help: 'Train plays a group needs for a list of its own. Below that chance decides what is on top.', min: 1, max: 1000000, default: 100, scale: 'log', advanced: true },
} as const;
