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
/** Parts that a table alone has: the others are about who chose what and when. */
export const LONE_SECTIONS: readonly SectionId[] = ['overview', 'items', 'text', 'quality'];
export type SectionId = (typeof SECTIONS)[number]['id'];
export const isSection = (s: string | null): s is SectionId => SECTIONS.some((x) => x.id === s);
export const anchorOf = (id: SectionId): string => `explore-${id}`;

let settle: AbortController | null = null;

/** Brings a part to the top, and again while charts above it are being drawn, unless the reader moves meanwhile. */
export function goTo(id: SectionId): void {
  settle?.abort();
  const mine = new AbortController();
  settle = mine;
  const scroll = (): void => {
    if (!mine.signal.aborted) document.getElementById(anchorOf(id))?.scrollIntoView({ block: 'start' });
  };
  scroll();
  const timers = [200, 600, 1200].map((ms) => setTimeout(scroll, ms));
  mine.signal.addEventListener('abort', () => timers.forEach(clearTimeout));
  for (const move of ['wheel', 'touchstart', 'pointerdown', 'keydown']) window.addEventListener(move, () => mine.abort(), { signal: mine.signal, passive: true, capture: true });
}
