import { Card } from '../../ui/Card';
import { count, percent, plural } from '../../ui/format';
import { KeyFigure } from '../../ui/KeyFigure';
import { Lazy } from './Lazy';
import { QualitySummary } from './Quality';
import { Section } from './Section';
import { useSession } from './session';
import { capital, columnName } from './words';
import css from './explore.module.css';

/** A table alone at a glance: how many rows, what its columns hold, how well they are filled, and what it takes to see more. */
export function LoneOverview() {
  const { brush, schema, nouns, filters, data } = useSession();
  const rows = brush.counts.items;
  const of = (kind: string): number => data.items.columns.filter((c) => c.kind === kind).length;
  const columns = ([['text', 'text'], ['categorical', 'category', 'categories'], ['numeric', 'number'], ['tags', 'list of labels', 'lists of labels']] as const).flatMap(([kind, one, many]) => (of(kind) ? [plural(of(kind), one, many ?? `${one}s`)] : []));
  const { yearSpan: span, cells } = schema;
  return (
    <Section id="overview" question="How much is there, and how well is it described?">
      <div className={css.stack}>
        <div className={css.figures}>
          <KeyFigure tone="all" label={capital(nouns.items)} value={count(rows)} detail={filters.length > 0 ? `${percent(rows / Math.max(1, schema.counts.items))} of ${count(schema.counts.items)}` : 'one a row'} />
          <KeyFigure tone="all" label="Columns" value={count(data.items.columns.length)} detail={columns.join(', ') || 'only the id was kept'} />
          <KeyFigure tone="all" label="Cells filled" value={cells.empty === 0 ? 'all' : cells.empty < 0.0005 * cells.all ? '> 99.9 %' : percent(1 - cells.empty / cells.all)} detail={cells.empty === 0 ? 'nothing is missing' : `${count(cells.empty)} of ${count(cells.all)} are empty`} />
          <KeyFigure tone="all" label="Years" value={span ? `${span.from}–${span.to}` : 'none'} detail={span ? `by ${columnName(span.column)}` : 'no column holds years or dates'} />
        </div>
        <div className={css.grid}>
          <Lazy height={260} className={css.twoThirds}>
            {() => <QualitySummary />}
          </Lazy>
          <div className={css.beside}>
            <Card title="A table alone">
              <p className={css.note}>
                No file says who chose what, so popularity, activity, the k-core, time and the splits are not here, and nothing can be trained. Open this table <a href="#/data">on Data</a> together with a file of interactions to get them.
              </p>
            </Card>
          </div>
        </div>
      </div>
    </Section>
  );
}
