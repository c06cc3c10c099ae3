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

/** How long charts above a part may still push it about, on a slow machine. */
const SETTLING_MS = 6000;

/** Brings a part to the top and keeps it there while charts above it are being drawn, unless the reader moves meanwhile. */
export function goTo(id: SectionId): void {
  settle?.abort();
  const mine = new AbortController();
  settle = mine;
  let stood: number | null = null;
  const scroll = (): void => {
    const part = document.getElementById(anchorOf(id));
    const top = part?.getBoundingClientRect().top ?? null;
    if (!part || top === stood) return;
    part.scrollIntoView({ block: 'start' });
    stood = part.getBoundingClientRect().top;
  };
  scroll();
  const again = setInterval(scroll, 150);
  const stop = setTimeout(() => mine.abort(), SETTLING_MS);
  mine.signal.addEventListener('abort', () => {
    clearInterval(again);
    clearTimeout(stop);
  });
  for (const move of ['wheel', 'touchstart', 'pointerdown', 'keydown']) window.addEventListener(move, () => mine.abort(), { signal: mine.signal, passive: true, capture: true });
}
