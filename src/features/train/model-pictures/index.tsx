/** Pictures of what a model's own settings do, under its form; each is loaded when its model is chosen. */
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react';

const PICTURES: Record<string, LazyExoticComponent<ComponentType>> = {
  buhs: lazy(() => import('./buhs')),
  'two-tower-retrieval': lazy(() => import('./two-tower-retrieval')),
};

export function ModelPicture({ model }: { model: string }) {
  const Picture = PICTURES[model];
  return Picture ? (
    <Suspense fallback={null}>
      <Picture />
    </Suspense>
  ) : null;
}
