import { Suspense, useEffect } from 'react';
import { useScreen } from '../../app/url';
import { useWorkspace } from '../../app/workspace';
import { CrashGuard } from './CrashGuard';
import { Rail } from './Rail';
import { screens } from './screens';
import css from './Shell.module.css';

/** Rail, screen, status bar. */
export function Shell() {
  const screen = useScreen();
  const dataName = useWorkspace((s) => s.data?.name ?? null);
  const { title, component: Body } = screens[screen];

  useEffect(() => {
    document.title = [title, dataName, 'Coldwave'].filter(Boolean).join(' · ');
  }, [title, dataName]);

  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus(); }}>
        Skip to the screen
      </a>
      <Rail screen={screen} />
      <main id="main" className={css.main} tabIndex={-1}>
        <CrashGuard key={screen} part={`The ${title} screen`}>
          <Suspense fallback={<output className={css.loading}>Opening {title}…</output>}>
            <Body />
          </Suspense>
        </CrashGuard>
      </main>
    </div>
  );
}
