/** One run, or a search over many. */
import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { registerCommands } from '../../../app/commands';
import { searchForm, useSearchForm } from './search-state';

export function ModeSwitch() {
  const mode = useSearchForm((s) => s.mode);
  useEffect(
    () => registerCommands([{ id: 'train-search', label: 'Search for the best settings', group: 'Train', description: 'Many trials on validation: grid, random, Bayesian, halving', keywords: ['tune', 'hyper-parameter', 'TPE'], run: () => searchForm.set({ mode: 'search' }) }]),
    [],
  );
  return <SegmentedControl aria-label="One run or a search" value={mode} onChange={(m) => searchForm.set({ mode: m as 'run' | 'search' })} data={[{ value: 'run', label: 'One run' }, { value: 'search', label: 'Search' }]} />;
}
