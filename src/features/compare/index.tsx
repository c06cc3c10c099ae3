/** Compare: which is better, for whom, and am I sure? One tab a question; the address says which (`#/compare?tab=leaderboard`). */
import { Tabs } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import { setQuery, useQuery } from '../../app/url';
import { Screen } from '../../ui/Screen';
import { Runs } from './runs';
import { Capsules } from './share/capsule-card';

const Leaderboard = lazy(() => import('./leaderboard').then((m) => ({ default: m.Leaderboard })));
const Ablation = lazy(() => import('./ablation').then((m) => ({ default: m.Ablation })));
const Reproduce = lazy(() => import('./reproduce').then((m) => ({ default: m.Reproduce })));

function RunsTab() {
  return (
    <div style={{ display: 'grid', gap: 14, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Capsules />
      <Runs />
    </div>
  );
}

const tabs: readonly { id: string; label: string; view: ComponentType }[] = [
  { id: 'runs', label: 'Runs', view: RunsTab },
  { id: 'leaderboard', label: 'Leaderboard', view: Leaderboard },
  { id: 'ablation', label: 'Ablation', view: Ablation },
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
          <Suspense fallback={<p role="status">Opening…</p>}>
            <View />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
