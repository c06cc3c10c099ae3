import { EmptyState } from '../../ui/EmptyState';
import { Screen } from '../../ui/Screen';

export function RecommendScreen() {
  return (
    <Screen title="Recommend" subtitle="What would it say to this person?">
      <EmptyState title="Nothing to show yet" text="Open a data set first." />
    </Screen>
  );
}
