/** The parts of the screen, in order, and the question each answers. */
export const SECTIONS = [
  { id: 'overview', title: 'Overview', question: 'How much is there, and how full is it?' },
  { id: 'activity', title: 'Activity', question: 'Who and what carries the data?' },
  { id: 'time', title: 'Over time', question: 'When did it happen, and what would each test see?' },
  { id: 'users', title: 'Users', question: 'Who are they, and how alike?' },
  { id: 'items', title: 'Items', question: 'What is described, and does it go with popularity?' },
  { id: 'text', title: 'Text', question: 'What do the texts say?' },
  { id: 'quality', title: 'Quality', question: 'What would bite, and what helps?' },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];
export const isSection = (s: string | null): s is SectionId => SECTIONS.some((x) => x.id === s);
export const anchorOf = (id: SectionId): string => `explore-${id}`;

/** Brings a part to the top. */
export const goTo = (id: SectionId): void => document.getElementById(anchorOf(id))?.scrollIntoView({ block: 'start' });
