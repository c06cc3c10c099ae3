import { count, percent, plural } from '../../ui/format';
import { KeyFigure } from '../../ui/KeyFigure';
import { Asked } from './Waiting';
import { Lazy } from './Lazy';
import { MatrixChart } from './MatrixChart';
import { Section } from './Section';
import { useSession } from './session';
import { capital, figure } from './words';
import { QualitySummary } from './Quality';
import css from './explore.module.css';

export function Overview() {
  const { brush, schema, nouns, filters } = useSession();
  const { interactions: N, users: U, items: I } = brush.counts;
  const all = schema.counts;
  const of = (n: number, total: number): string => (filters.length > 0 ? `${percent(n / Math.max(1, total))} of ${count(total)}` : '');
  return (
    <Section id="overview">
      <div className={css.stack}>
        <div className={css.figures}>
          <KeyFigure tone="all" label={capital(nouns.rows)} value={count(N)} detail={of(N, all.interactions) || `${figure(N / Math.max(1, U))} per ${nouns.user}`} />
          <KeyFigure tone="all" label={capital(nouns.users)} value={count(U)} detail={of(U, all.users) || known(schema.dimensions.filter((d) => d.table === 'users').length - 1)} />
          <KeyFigure tone="all" label={capital(nouns.items)} value={count(I)} detail={of(I, all.items) || `${figure(N / Math.max(1, I))} ${nouns.rows} each`} />
          <KeyFigure tone="all" label="Density" value={percent(U * I > 0 ? N / (U * I) : 0)} detail={`${count(Math.max(0, U * I - N))} pairs unknown`} />
        </div>
        <div className={css.grid}>
          <Lazy height={420} className={css.twoThirds}>
            {() => (
              <Asked question="matrix" rest={{ width: 900, height: 300 }} title={`${capital(nouns.user)} × ${nouns.item} matrix`} height={330}>
                {(picture) => <MatrixChart picture={picture} />}
              </Asked>
            )}
          </Lazy>
          <Lazy height={420} className={css.beside}>
            {() => <QualitySummary />}
          </Lazy>
        </div>
      </div>
    </Section>
  );
}

const known = (columns: number): string => (columns > 0 ? `${plural(columns, 'column')} about them` : 'nothing known about them');
