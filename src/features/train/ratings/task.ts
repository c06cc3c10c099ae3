/** Which of the two tasks the Train screen shows: the address says, and without a word of it the last one chosen. */
import { useEffect } from 'react';
import { navigate, useQuery } from '../../../app/url';
import { form } from '../form-state';
import { ratingForm } from './form-state';

export type Task = 'rank' | 'predict';
let last: Task = 'rank';

export function useTask(): Task {
  const query = useQuery();
  const said = query.get('task');
  const task = said === 'predict' ? 'predict' : [...query.keys()].length > 0 ? 'rank' : last;
  useEffect(() => {
    last = task;
  }, [task]);
  return task;
}

const present = (query: Record<string, string | null>): Record<string, string> => Object.fromEntries(Object.entries(query).filter((e): e is [string, string] => e[1] !== null));

export function chooseTask(task: Task): void {
  last = task;
  navigate('train', present(task === 'predict' ? ratingForm.toQuery() : form.toQuery()));
}
