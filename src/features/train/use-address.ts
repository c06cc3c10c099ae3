/** The address and the form, one mirror of the other; `start=1` starts a run once the data are there. */
import { useEffect, useRef } from 'react';
import { isSearchField } from '../../app/search/search-form';
import { useStorage } from '../../app/storage';
import { setQuery, useQuery } from '../../app/url';
import { useWorkspace } from '../../app/workspace';
import { trainer } from '../../app/train';
import { defaultCard, freshConfig } from '../../app/train-config';
import { train, trainObstacle } from './controls';
import { catalogue, form } from './form-state';

const hasConfig = (q: URLSearchParams): boolean => [...q.keys()].some((k) => k !== 'start' && k !== 'kernels' && k !== 'threads');

export function useAddress(): void {
  const query = useQuery();
  /** What was last written, so that the page's own change is not read back. */
  const written = useRef<string | null>(null);
  const start = query.get('start') === '1';
  const hasData = useWorkspace((s) => s.data !== null);
  const restoring = useStorage((s) => s.phase === 'restoring');

  // Address → form: on arrival, and when somebody edits the address or goes back.
  useEffect(() => {
    const own = new URLSearchParams([...query].filter(([key]) => key !== 'start' && key !== 'kernels' && key !== 'threads' && !isSearchField(key)));
    if (own.toString() === written.current) return;
    // Before the form changes: it writes the address at once, and what it writes must not be read back, or its word on a bad link would be lost.
    written.current = own.toString();
    if (hasConfig(own)) form.adoptQuery(own);
  }, [query]);

  // Form → address.
  useEffect(() => {
    const write = (): void => {
      const patch = form.toQuery();
      const next = new URLSearchParams(window.location.hash.split('?')[1] ?? '');
      for (const key of next.keys()) if (key.startsWith('p.') && !(key in patch)) patch[key] = null; // another model's
      for (const [key, value] of Object.entries(patch)) {
        if (value === null) next.delete(key);
        else next.set(key, value);
      }
      next.delete('start');
      for (const key of ['kernels', 'threads']) next.delete(key); // src/app/kernels.ts and threads.ts read them
      for (const key of [...next.keys()].filter(isSearchField)) next.delete(key); // the search form's own
      written.current = next.toString();
      setQuery(patch);
    };
    write();
    return form.store.subscribe(write);
  }, []);

  useEffect(() => {
    if (!start || !hasData || restoring) return;
    setQuery({ start: null });
    if (trainer.store.getState().live) return;
    if (!hasConfig(new URLSearchParams(window.location.hash.split('?')[1] ?? ''))) form.setConfig(freshConfig(defaultCard(catalogue)));
    if (trainObstacle() === null) void train();
  }, [start, hasData, restoring]);
}
