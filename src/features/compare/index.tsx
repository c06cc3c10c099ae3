/** Compare: which is better, for whom, and am I sure? One tab a question; the address says which (`#/compare?tab=leaderboard`). */
import { Tabs } from '@mantine/core';
import type { ComponentType } from 'react';
import { setQuery, useQuery } from '../../app/url';
import { Screen } from '../../ui/Screen';
import { Leaderboard } from './leaderboard';
import { Reproduce } from './reproduce';

const tabs: readonly { id: string; label: string; view: ComponentType }[] = [
  { id: 'leaderboard', label: 'Leaderboard', view: Leaderboard },
  { id: 'reproduce', label: 'Reproduce published numbers', view: Reproduce },
];

export function CompareScreen() {
  const asked = useQuery().get('tab');
  const tab = tabs.find((t) => t.id === asked) ?? tabs[0]!;
  const View = tab.view;
  return (
    <Screen title="Compare" subtitle="Which is better, for whom, and am I sure?">
      <Tabs value={tab.id} onChange={(id) => setQuery({ tab: id })} keepMounted={false}>
        <Tabs.List mb={16}>
          {tabs.map((t) => (
            <Tabs.Tab key={t.id} value={t.id}>
              {t.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab.id}>
          <View />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
