import { formatHash, navigate, SCREENS, type Screen } from '../../app/url';
import { BrandMark } from './Brand';
import { DataSummary } from './DataSummary';
import { screenIcons } from './icons';
import css from './Rail.module.css';
import { prefetchScreen, screens } from './screens';
import { useRailFacts } from './rail-facts';
import { TourOffer } from './TourOffer';

/** The way between screens, each with its one small fact. Below 700 px it lies at the bottom. */
export function Rail({ screen }: { screen: Screen }) {
  const facts = useRailFacts();
  return (
    <nav className={css.rail} aria-label="Screens">
      <div className={css.brand}>
        <BrandMark />
        <span>Coldwave</span>
      </div>
      <ul className={css.list}>
        {SCREENS.map((s) => (
          <li key={s}>
            <a
              href={formatHash(s)}
              className={css.link}
              aria-current={s === screen ? 'page' : undefined}
              onPointerEnter={() => prefetchScreen(s)}
              onClick={(e) => {
                if (e.metaKey || e.ctrlKey || e.shiftKey || e.button !== 0) return;
                e.preventDefault();
                if (s !== screen) navigate(s);
              }}
            >
              {screenIcons[s]}
              <span>{screens[s].title}</span>
              {facts[s] && <small title={facts[s]}>{facts[s]}</small>}
            </a>
          </li>
        ))}
      </ul>
      <DataSummary />
      <TourOffer where="rail" />
    </nav>
  );
}
