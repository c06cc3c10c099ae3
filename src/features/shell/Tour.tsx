import { Button } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { formatHash, navigate } from '../../app/url';
import { endTour, goToStep } from './overlays';
import css from './Tour.module.css';
import { TOUR } from './tour-steps';

/** Beside the entry of the rail it is about, or above it where the rail lies at the bottom. The page stays usable meanwhile. */
function placeBeside(card: HTMLElement, link: Element): { left: number; top: number; arrow: number; side: 'left' | 'bottom' } {
  const l = link.getBoundingClientRect();
  const c = card.getBoundingClientRect();
  if (window.innerWidth <= 700) {
    const left = Math.max(8, Math.min(window.innerWidth - c.width - 8, l.left + l.width / 2 - c.width / 2));
    return { left, top: l.top - c.height - 14, arrow: l.left + l.width / 2 - left, side: 'bottom' };
  }
  const top = Math.max(8, Math.min(window.innerHeight - c.height - 8, l.top - 12));
  return { left: l.right + 16, top, arrow: l.top + l.height / 2 - top, side: 'left' };
}

export function Tour({ step }: { step: number }) {
  const { screen, title, text } = TOUR[step]!;
  const card = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<ReturnType<typeof placeBeside> | null>(null);
  const last = step === TOUR.length - 1;

  useLayoutEffect(() => {
    navigate(screen);
    const place = (): void => {
      const link = document.querySelector(`nav a[href="${formatHash(screen)}"]`);
      if (card.current && link) setAt(placeBeside(card.current, link));
    };
    place();
    window.addEventListener('resize', place);
    return () => window.removeEventListener('resize', place);
  }, [screen]);
  useEffect(() => next.current?.focus({ preventScroll: true }), [step]);
  useEffect(() => {
    const leave = (e: KeyboardEvent): void => {
      if (e.key === 'Escape' && !document.querySelector('[aria-modal="true"]')) endTour();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);

  return (
    <div ref={card} role="dialog" aria-modal="false" aria-label={`Tour, step ${step + 1} of ${TOUR.length}: ${title}`} aria-describedby="tour-text" className={css.card} data-side={at?.side} style={at ? { left: at.left, top: at.top, ['--arrow' as string]: `${at.arrow}px` } : { visibility: 'hidden' }}>
      <p className={css.count}>
        {step + 1} of {TOUR.length}
      </p>
      <h2>{title}</h2>
      <p id="tour-text">{text}</p>
      <div className={css.buttons}>
        {!last && (
          <Button variant="subtle" size="compact-sm" onClick={endTour}>
            Skip
          </Button>
        )}
        <span className={css.space} />
        {step > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => goToStep(step - 1)}>
            Back
          </Button>
        )}
        <Button ref={next} size="compact-sm" onClick={() => (last ? endTour() : goToStep(step + 1))}>
          {last ? 'Done' : 'Next'}
        </Button>
      </div>
    </div>
  );
}
