import { EmptyState } from '../../ui/EmptyState';
import { Screen } from '../../ui/Screen';

export function CompareScreen() {
  return (
    <Screen title="Compare" subtitle="Which is better, for whom, and am I sure?">
      <EmptyState title="Nothing to show yet" text="Open a data set first." />
    </Screen>
  );
}
