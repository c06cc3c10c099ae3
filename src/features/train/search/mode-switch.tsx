/** One run, or a search over many. */
import { SegmentedControl } from '@mantine/core';
import { searchForm, useSearchForm } from './search-state';

export function ModeSwitch() {
  const mode = useSearchForm((s) => s.mode);
  return <SegmentedControl aria-label="One run or a search" value={mode} onChange={(m) => searchForm.set({ mode: m as 'run' | 'search' })} data={[{ value: 'run', label: 'One run' }, { value: 'search', label: 'Search' }]} />;
}
