import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { labelOf } from '../../core/dataset';
import type { Finding } from '../../app/explore';
import { navigate, setQuery } from '../../app/url';
import { Card } from '../../ui/Card';
import { toCsv } from '../../ui/csv';
import { download } from '../../ui/download';
import { Reading } from '../../ui/Reading';
import { ScopeSwitch, useScope, useScopeWords } from './Scope';
import { goTo } from './sections';
import { Lazy } from './Lazy';
import { Section } from './Section';
import { useSession, type Session } from './session';
import { mergedBy, STEP_NAMES, wordFinding, type WordedFinding } from './quality-words';
import { Asked } from './Waiting';
import css from './explore.module.css';

/** The same moment for both cards, so that the question is asked with one answer. */
const NOW = Math.floor(Date.now() / 86_400_000) * 86_400;

const worded = (s: Session, findings: readonly Finding[]): (WordedFinding & { finding: Finding })[] => {
  const merged = mergedBy(s.data.steps);
  return findings.map((finding) => ({ finding, ...wordFinding(finding, s.nouns, (u) => labelOf(s.data.users, u), merged) }));
};

function verdict(findings: readonly Finding[]): string {
  const bad = findings.filter((f) => f.severity === 'bad').length;
  const caution = findings.filter((f) => f.severity === 'caution').length;
  const good = findings.length - bad - caution;
  if (bad > 0) return `${bad === 1 ? 'One thing' : `${bad} things`} would bite if left alone, ${caution} ${caution === 1 ? 'wants' : 'want'} care and ${good} checks are fine.`;
  return caution > 0 ? `Nothing here spoils a result; ${caution === 1 ? 'one thing wants' : `${caution} things want`} care when reading one, and ${good} checks are fine.` : `All ${good} checks are fine.`;
}

/** The selection is judged, or all data; of a selection of nothing there is nothing to judge. */
function Asking({ title, children }: { title: string; children: (findings: readonly Finding[]) => ReactNode }) {
  const scope = useScope();
  const { brush } = useSession();
  if (scope === 'selection' && brush.counts.interactions === 0) return <Card title={title} aside={<ScopeSwitch about={title} />}><p className={css.note}>Nothing is selected.</p></Card>;
  return (
    <Asked key={scope} question="quality" rest={{ now: NOW }} title={title} follows={scope === 'selection'} height={300}>
      {children}
    </Asked>
  );
}

export function Quality() {
  const { schema } = useSession();
  return (
    <Section id="quality" question={schema.alone ? 'What in this table is a slip, a gap or a repetition?' : undefined}>
      <Lazy height={420}>
        {() => <Asking title="Data quality">{(findings) => <QualityCard findings={findings} />}</Asking>}
      </Lazy>
    </Section>
  );
}

function QualityCard({ findings }: { findings: readonly Finding[] }) {
  const s = useSession();
  const whose = useScopeWords();
  const list = worded(s, findings);
  return (
    <Card
      title="Data quality"
      aside={
        <>
          {whose} <ScopeSwitch about="the quality check" />
        </>
      }
      padded={false}
      footer={
        <>
          <Reading>{verdict(findings)}</Reading>
          <Button variant="subtle" size="compact-sm" onClick={() => download('data quality.csv', toCsv(['Severity', 'Finding', 'What it does to models', 'What to do'], list.map((f) => [f.finding.severity, f.title, f.effect, f.remedy])), 'text/csv;charset=utf-8')}>
            Save as CSV
          </Button>
        </>
      }
    >
      <ul className={css.findings}>
        {list.filter((f) => f.finding.severity !== 'good').map((f) => (
          <li key={`${f.finding.id} ${'table' in f.finding ? f.finding.table : ''}`}>
            <Sign severity={f.finding.severity} />
            <div className={css.finding}>
              <h3>{f.title}</h3>
              <p>
                {f.effect} {f.remedy && <b>{f.remedy}</b>}
              </p>
            </div>
            {f.step && (
              <Button variant="default" size="compact-sm" onClick={() => navigate('data', { at: f.step! })} aria-label={`Data, ${STEP_NAMES[f.step]}: ${f.title}`}>
                Data: {STEP_NAMES[f.step]}
              </Button>
            )}
          </li>
        ))}
        <li className={css.fine}>
          {list.filter((f) => f.finding.severity === 'good').map((f) => (
            <div key={`${f.finding.id} ${'table' in f.finding ? f.finding.table : ''}`} className={css.finding}>
              <h3>
                <Sign severity="good" /> {f.title}
              </h3>
              <p>{f.effect}</p>
            </div>
          ))}
        </li>
      </ul>
    </Card>
  );
}

/** The worst of it, beside the matrix. */
export function QualitySummary() {
  const s = useSession();
  const whose = useScopeWords();
  return (
    <Asking title="What would bite">
      {(findings) => {
        const list = worded(s, findings).slice(0, 7); // worst first
        return (
          <Card title="What would bite" aside={`${findings.length} checks ${whose}`} padded={false} footer={<Reading>{verdict(findings)}</Reading>}>
            <ul className={css.findings}>
              {list.map((f) => (
                <li key={`${f.finding.id} ${'table' in f.finding ? f.finding.table : ''}`}>
                  <Sign severity={f.finding.severity} />
                  <div className={css.finding}>
                    <h3>{f.title}</h3>
                  </div>
                </li>
              ))}
              <li>
                <span />
                <Button
                  variant="subtle"
                  size="compact-sm"
                  style={{ justifySelf: 'start', marginLeft: -12 }}
                  onClick={() => {
                    setQuery({ section: 'quality' });
                    goTo('quality');
                  }}
                >
                  What each does, and what helps
                </Button>
              </li>
            </ul>
          </Card>
        );
      }}
    </Asking>
  );
}

const SIGN_NAME: Record<Finding['severity'], string> = { good: 'Fine:', caution: 'Caution:', bad: 'Problem:' };

/** Told apart by shape first. */
function Sign({ severity }: { severity: Finding['severity'] }) {
  return (
    <svg className={css.sign} data-severity={severity} width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" role="img" aria-label={SIGN_NAME[severity]}>
      {severity === 'good' ? <path d="M3 8.5 6.5 12 13 4.5" /> : severity === 'bad' ? <path d="M4 4l8 8M12 4l-8 8" /> : <path d="M8 3v6M8 12.3v.2" />}
    </svg>
  );
}
