import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Screen } from '../../app/url';

type Load = () => Promise<Record<string, ComponentType>>;
// A glob rather than one import() call each: a screen that is missing from the build breaks only itself.
const modules = import.meta.glob<Record<string, ComponentType>>('../{data,explore,text,train,compare,recommend}/index.tsx') as Record<string, Load>;

const fromModule = (screen: Screen, name: string): LazyExoticComponent<ComponentType> =>
  lazy(async () => {
    const load = modules[`../${screen}/index.tsx`];
    if (!load) throw new Error(`The ${screen} screen is not part of this build.`);
    const found = (await load())[name];
    if (!found) throw new Error(`The ${screen} screen of this build has no ${name}.`);
    return { default: found };
  });

export const screens: Record<Screen, { title: string; component: LazyExoticComponent<ComponentType> }> = {
  data: { title: 'Data', component: fromModule('data', 'DataScreen') },
  explore: { title: 'Explore', component: fromModule('explore', 'ExploreScreen') },
  text: { title: 'Text', component: fromModule('text', 'TextScreen') },
  train: { title: 'Train', component: fromModule('train', 'TrainScreen') },
  compare: { title: 'Compare', component: fromModule('compare', 'CompareScreen') },
  recommend: { title: 'Recommend', component: fromModule('recommend', 'RecommendScreen') },
};

/** Fetches a screen's code before it is wanted. */
export const prefetchScreen = (screen: Screen): void => {
  void modules[`../${screen}/index.tsx`]?.().catch(() => undefined);
};
