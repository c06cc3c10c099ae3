/** The address and the form of rating prediction, one mirror of the other. */
import { useEffect, useRef } from 'react';
import { isSearchField } from '../../../app/search/search-form';
import { setQuery, useQuery } from '../../../app/url';
import { ratingForm } from './form-state';

export function useRatingAddress(): void {
  const query = useQuery();
  /** What was last written, so that the page's own change is not read back. */
  const written = useRef<string | null>(null);

  useEffect(() => {
    const own = new URLSearchParams([...query].filter(([key]) => !isSearchField(key)));
    if (own.toString() === written.current) return;
    // "task=predict" alone asks for nothing new: the form stays as it was left.
    // Before the form changes, which writes the address at once.
    written.current = own.toString();
    if ([...own.keys()].some((k) => k !== 'task')) ratingForm.adoptQuery(own);
  }, [query]);

  useEffect(() => {
    const write = (): void => {
      const wanted = ratingForm.toQuery();
      const next = new URLSearchParams(window.location.hash.split('?')[1] ?? '');
      const patch: Record<string, string | null> = Object.fromEntries([...next.keys()].filter((k) => !(k in wanted) && !isSearchField(k)).map((k) => [k, null]));
      Object.assign(patch, wanted);
      for (const [key, value] of Object.entries(patch)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      for (const key of [...next.keys()].filter(isSearchField)) next.delete(key); // the search form's own
      written.current = next.toString();
      setQuery(patch);
    };
    write();
    return ratingForm.store.subscribe(write);
  }, []);
}
