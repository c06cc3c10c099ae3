import { count, percent, plural } from '../../ui/format';
import { Card } from '../../ui/Card';
import { Reading } from '../../ui/Reading';
import { Figures, type Figure } from './Figures';
import { checksOf, dayOf, readingOf, spanOf, verdictOf, type Portrait, type Verdict } from './portrait';
import type { Nouns } from './words';
import css from './PortraitCard.module.css';

const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1);

/** The answer to "what have I got, and is it fit to train on?": five figures, one sentence, five checks. */
export function PortraitCard({ portrait: p, nouns }: { portrait: Portrait; nouns: Nouns }) {
  const checks = checksOf(p, nouns);
  const verdict = verdictOf(checks);
  const figures: Figure[] = [
    { label: capital(nouns.users), value: count(p.U), detail: `${plural(p.medianPerUser, 'interaction')} each (median)` },
    { label: capital(nouns.items), value: count(p.I), detail: `${plural(p.medianPerItem, 'interaction')} each (median)` },
    { label: 'Interactions', value: count(p.N), detail: `${nouns.user} and ${nouns.item} pairs` },
    { label: 'Density', value: percent(p.density), detail: `${count((1 - p.density) * p.U * p.I)} pairs unknown` },
    p.from === null || p.to === null ? { label: 'Time', value: 'none', detail: 'row order stands in for it' } : { label: 'Time', value: spanOf(p.from, p.to), detail: `${dayOf(p.from)} to ${dayOf(p.to)}` },
  ];
  return (
    <Card padded={false}>
      <Figures figures={figures} />
      <div className={css.judgement}>
        <h2 className={css.verdict}>
          <Sign verdict={verdict.verdict} /> {verdict.text}
        </h2>
        <ul className={css.checks}>
          {checks.map((c) => (
            <li key={c.text}>
              <Sign verdict={c.verdict} />
              <span>{c.text}</span>
            </li>
          ))}
        </ul>
        <Reading>{readingOf(p, nouns)}</Reading>
      </div>
    </Card>
  );
}

const SIGN_NAME: Record<Verdict, string> = { good: 'Good:', caution: 'Caution:', bad: 'Problem:' };

/** A tick, an exclamation mark or a cross: told apart by shape first. */
function Sign({ verdict }: { verdict: Verdict }) {
  return (
    <svg className={css.sign} data-verdict={verdict} width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" role="img" aria-label={SIGN_NAME[verdict]}>
      {verdict === 'good' ? <path d="M3 8.5 6.5 12 13 4.5" /> : verdict === 'bad' ? <path d="M4 4l8 8M12 4l-8 8" /> : <path d="M8 3v6M8 12.3v.2" />}
    </svg>
  );
}
