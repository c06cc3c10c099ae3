import type { SplitProtocol, SplitSummary } from '../../core/split';
import { Help } from '../../ui/Help';
import { Mark, type Tone } from '../../ui/Mark';
import { count, percent } from '../../ui/format';
import { leakageSentence, whyEmpty } from './split-words';
import type { Nouns } from './words';
import css from './SplitCounts.module.css';

/** Train, validation and test as one bar; the test again by warm, cold and strictly new; what leaks; what to know. */
export function SplitCounts({ summary, stale, protocol, nouns, hasTime }: { summary: SplitSummary | null; stale: boolean; protocol: SplitProtocol; nouns: Nouns; hasTime: boolean }) {
  if (!summary) return <div className={css.waiting} aria-busy="true">Counting the split…</div>;
  const { train, validation, test } = summary;
  const coldSeen = summary.testCold - summary.testNew;
  const slices: { tone: Tone; id: 'warm' | 'cold' | 'new'; label: string; n: number; width: number }[] = [
    { tone: 'warm', id: 'warm', label: 'Warm', n: summary.testWarm, width: summary.testWarm },
    { tone: 'cold', id: 'cold', label: 'Cold', n: summary.testCold, width: coldSeen },
    { tone: 'new', id: 'new', label: 'Strictly new', n: summary.testNew, width: summary.testNew },
  ];
  const notes = [...slices.flatMap((s) => whyEmpty(s.id, summary, nouns, hasTime) ?? []), ...summary.notes];
  return (
    <div className={css.counts} data-stale={stale || undefined} aria-busy={stale}>
      <Bar parts={[train, validation, test]} tones={['all', 'faint', 'test']} />
      <dl className={css.three}>
        <Part label="Train" n={train} total={train + validation + test} mark="train" />
        <Part label="Validation" n={validation} total={train + validation + test} mark="validation" />
        <Part label="Test" n={test} total={train + validation + test} mark="test" />
      </dl>
      <div className={css.testHead}>
        The test by {nouns.item}, of {count(summary.testUsers)} {nouns.users}
        <Help term="Warm, cold, strictly new">A test interaction is warm or cold by how many train interactions its item has. Strictly new items have none; they are counted among the cold ones too.</Help>
      </div>
      <Bar parts={slices.map((s) => s.width)} tones={['warm', 'cold', 'new']} />
      <dl className={css.three}>
        {slices.map((s) => (
          <div key={s.id}>
            <dt>
              <Mark tone={s.tone} /> {s.label}
            </dt>
            <dd style={{ color: `var(--${s.tone})` }}>{count(s.n)}</dd>
            <dd className={css.share}>{s.id === 'new' ? 'among the cold' : `${percent(s.n / Math.max(1, test))} of the test`}</dd>
          </div>
        ))}
      </dl>
      <p className={css.leak}>
        {leakageSentence(summary, protocol)}
      </p>
      {notes.length > 0 && (
        <ul className={css.notes}>
          {notes.map((n) => (
            <li key={n}>{n}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Part({ label, n, total, mark }: { label: string; n: number; total: number; mark: string }) {
  return (
    <div>
      <dt>
        <i className={css.swatch} data-part={mark} aria-hidden="true" /> {label}
      </dt>
      <dd>{count(n)}</dd>
      <dd className={css.share}>{percent(n / Math.max(1, total))}</dd>
    </div>
  );
}

function Bar({ parts, tones }: { parts: number[]; tones: string[] }) {
  const total = parts.reduce((a, b) => a + b, 0);
  return (
    <div className={css.bar} aria-hidden="true">
      {parts.map((n, k) => n > 0 && <i key={tones[k]} data-tone={tones[k]} style={{ flexGrow: n / Math.max(1, total) }} />)}
    </div>
  );
}
