import { SegmentedControl } from '@mantine/core';
import { setQuery, useQuery } from '../../app/url';
import { count } from '../../ui/format';
import { useSession } from './session';

/** What is judged: the selection, unless all data is asked for in the address. */
export function useScope(): 'selection' | 'all' {
  const { filters } = useSession();
  const asked = useQuery().get('of');
  return filters.length > 0 && asked !== 'all' ? 'selection' : 'all';
}

/** A switch between selection and all data, where something is selected; else nothing. */
export function ScopeSwitch({ about }: { about: string }) {
  const { filters } = useSession();
  const scope = useScope();
  if (filters.length === 0) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={`What ${about} is about`}
      value={scope}
      onChange={(v) => setQuery({ of: v === 'all' ? 'all' : null })}
      data={[{ value: 'selection', label: 'Selection' }, { value: 'all', label: 'All data' }]}
    />
  );
}

/** 'of the 13,854 selected plays', 'of all 60,000 plays'. */
export function useScopeWords(): string {
  const { brush, schema, nouns } = useSession();
  return useScope() === 'selection' ? `of the ${count(brush.counts.interactions)} selected ${nouns.rows}` : `of all ${count(schema.counts.interactions)} ${nouns.rows}`;
}
