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
};
