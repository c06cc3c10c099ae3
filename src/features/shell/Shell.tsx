import { lazy, Suspense, useEffect, useLayoutEffect } from 'react';
import { useScreen } from '../../app/url';
import { useStorage } from '../../app/storage';
import { useWorkspace } from '../../app/workspace';
import { CrashGuard } from './CrashGuard';
import { LoneNotice } from './LoneNotice';
import { Palette } from './Palette';
import { showKeys, useOverlays } from './overlays';
import { Rail } from './Rail';
import { screens } from './screens';
import css from './Shell.module.css';
import { useShortcuts } from './shortcuts';
import { StatusBar } from './StatusBar';
import { useStorageNotices } from './storage-notices';
import { TourOffer } from './TourOffer';
import type { Scheme } from './use-theme';

// Neither is needed by a first load.
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet')).KeySheet }));
const Tour = lazy(async () => ({ default: (await import('./Tour')).Tour }));

/** Rail, screen, status bar. */
export function Shell({ scheme }: { scheme: Scheme }) {
  const screen = useScreen();
  const restoring = useStorage((s) => s.phase === 'restoring');
  useStorageNotices();
  useShortcuts();
  const overlays = useOverlays((s) => s);
  const dataName = useWorkspace((s) => s.data?.name ?? null);
  const { title, component: Body } = screens[screen];

  useEffect(() => {
    document.title = [title, dataName, 'Coldwave'].filter(Boolean).join(' · ');
  }, [title, dataName]);

  // One scroll area serves all screens: another screen begins at its top.
  useLayoutEffect(() => {
    document.getElementById('main')?.scrollTo(0, 0);
  }, [screen]);

  return (
    <div className={css.shell}>
      <a
        className={css.skip}
        href="#main"
        onClick={(e) => {
          // The hash is the route here, so the jump is made by hand.
          e.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the screen
      </a>
      <Rail screen={screen} />
      <main id="main" className={css.main} tabIndex={-1}>
        <TourOffer where="strip" />
        <LoneNotice screen={screen} />
        <CrashGuard key={screen} part={`The ${title} screen`}>
          {restoring ? (
            <output className={css.loading}>Opening what you had…</output>
          ) : (
            <Suspense fallback={<output className={css.loading}>Opening {title}…</output>}>
              <Body />
            </Suspense>
          )}
        </CrashGuard>
      </main>
      <StatusBar scheme={scheme} />
      <Palette />
      <Suspense fallback={null}>
        {overlays.keys && <KeySheet onClose={() => showKeys(false)} />}
        {overlays.tour !== null && <Tour step={overlays.tour} />}
      </Suspense>
    </div>
  );
}
