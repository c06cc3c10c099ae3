import { Button } from '@mantine/core';
import { useSettings } from '../../app/settings';
import { useStorage } from '../../app/storage';
import { useWorkspace } from '../../app/workspace';
import { endTour, startTour, useOverlays } from './overlays';
import css from './Tour.module.css';

/** On a first visit, in a place nothing else needs: an offer, never a barrier. `where` tells the rail from the strip of narrow screens. */
export function TourOffer({ where }: { where: 'rail' | 'strip' }) {
  const fresh = useSettings((s) => s.tour === 'new');
  const empty = useWorkspace((s) => s.data === null);
  const ready = useStorage((s) => s.phase === 'ready');
  const idle = useOverlays((s) => s.tour === null);
  if (!fresh || !empty || !ready || !idle) return null;
  return (
    <section aria-label="Tour" className={`${css.offer} ${where === 'rail' ? css.inRail : css.strip}`}>
      <p>New here? Five steps show what is where.</p>
      <div className={css.buttons}>
        <Button size="compact-sm" variant="default" onClick={startTour}>
          Take the tour
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={endTour}>
          No, thanks
        </Button>
      </div>
    </section>
  );
}
