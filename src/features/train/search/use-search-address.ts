/** The address and the search form, one mirror of the other, beside the fields of the Train form. */
import { useEffect, useRef } from 'react';
import type { StudyTask } from '../../../app/search/study';
import { isSearchField, searchToQuery } from '../../../app/search/search-form';
import { route, setQuery, useQuery } from '../../../app/url';
import { formOf } from './ground';
import { MOST_WORKERS, searchForm } from './search-state';

const own = (q: URLSearchParams): URLSearchParams => new URLSearchParams([...q].filter(([key]) => isSearchField(key)));

export function useSearchAddress(task: StudyTask): void {
  const form = formOf(task);
  const query = useQuery();
  const written = useRef<string | null>(null);

  // Address → form. The Train form has read its fields before, so the model is known.
  useEffect(() => {
    const now = own(query);
    if (now.toString() === written.current) return;
    // On coming back to the screen without any field, the form stays as it was left; a link to a run shows that run.
    const first = written.current === null;
    // Before the form changes, which writes the address at once.
    written.current = now.toString();
    if (!first || query.size > 0) searchForm.adoptQuery(form.card(), now, MOST_WORKERS);
  }, [query, form]);

  // Form → address.
  useEffect(() => {
    const write = (): void => {
      const { query: present, screen } = route();
      if (screen !== 'train') return;
      const patch = searchToQuery(form.card(), searchForm.store.getState());
      for (const key of present.keys()) if (key.startsWith('range.') && !(key in patch)) patch[key] = null; // another model's
      const next = new URLSearchParams(present);
      for (const [key, value] of Object.entries(patch)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      written.current = own(next).toString();
      setQuery(patch);
    };
    write();
    const forget = [searchForm.store.subscribe(write), form.store.subscribe(write)];
    return () => forget.forEach((f) => f());
  }, [form]);
}
