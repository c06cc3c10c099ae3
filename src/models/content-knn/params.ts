import { choice } from '../../core/params';

export const params = {
  k: { kind: 'int', label: 'Neighbours', help: 'How many similar items count for a score. Few follow single items closely; many follow the average of a person’s taste.', min: 1, max: 1000, default: 10, scale: 'log' },
  source: choice({
    label: 'Compare by',
    help: 'What two items are compared by. Nobody’s plays are used for that, so an item nobody has yet can be recommended.',
    options: [
      { value: 'auto', label: 'what there is', help: 'Text vectors if a text column was chosen, else the numeric columns.' },
      { value: 'numeric', label: 'numeric columns', help: 'Audio features where the items have them (danceability, energy, tempo …), else every numeric column, each brought to the same scale.' },
      { value: 'text', label: 'text vectors', help: 'Vectors of the chosen text column; make them on the Text screen.' },
    ],
    default: 'auto',
  }),
  among: choice({
    label: 'Nearest among',
    help: 'Where the neighbours of an item are looked for.',
    options: [
      { value: 'history', label: 'the person’s items', help: 'The items a person has that are most like the candidate; every candidate gets a score.' },
      { value: 'catalogue', label: 'all items', help: 'The candidate’s neighbours among all items; those that the person has count, and most candidates score 0.' },
    ],
    default: 'history',
  }),
} as const;
