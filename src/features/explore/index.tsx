import { EmptyState } from '../../ui/EmptyState';
import { Screen } from '../../ui/Screen';

export function ExploreScreen() {
  return (
    <Screen title="Explore" subtitle="What is in my data, and what will it do to my models?">
      <EmptyState title="Nothing to show yet" text="Open a data set first." />
    </Screen>
  );
}
