import type { Screen } from '../../app/url';

export interface TourStep {
  screen: Screen;
  title: string;
  text: string;
}

/** Five stops; each opens the screen it is about. */
export const TOUR: readonly TourStep[] = [
  { screen: 'data', title: 'Bring interactions', text: 'Drop your files here, or take the demo. Each cleaning rule says what it removes, and the split is shown before anything trains. Explore, the next entry, shows what is in them.' },
  { screen: 'text', title: 'Give items their words', text: 'Titles, lyrics and summaries become vectors here. They are what lets a model place an item that nobody has played yet.' },
  { screen: 'train', title: 'Watch it learn', text: 'Pick a model and press Train. The curves part warm items, which training saw often, from cold ones, which it hardly saw; popularity and random stand beside them.' },
  { screen: 'compare', title: 'Be sure which is better', text: 'Every run is kept. Set two side by side: for whom, by how much, and whether the difference is more than chance.' },
  { screen: 'recommend', title: 'Ask it', text: 'Lists for a person, with reasons; for somebody new, from a few clicks; and for an item nobody has heard. All of it in this tab: the bar at the bottom says what computes, what is stored, and that nothing is uploaded.' },
];
