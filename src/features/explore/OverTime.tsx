import type { ExploreCalls } from '../../app/explore';
import { useWorkspace } from '../../app/workspace';
import { count, percent } from '../../ui/format';
import { Histogram } from '../../ui/Histogram';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { Reading } from '../../ui/Reading';
import { PROTOCOLS } from '../data/words';
import { ColumnChart } from './ColumnChart';
import { Lazy } from './Lazy';
import { Section } from './Section';
import { useSession } from './session';
import { Asked } from './Waiting';
import { leaked } from './readings';
import { capital, momentName, someEdges } from './words';
import css from './explore.module.css';

type Cut = NonNullable<ExploreCalls['cuts'][1]>[number];
type Arrivals = NonNullable<ExploreCalls['time'][1]>;

export function OverTime() {
  const { dimension, nouns } = useSession();
  const spec = useWorkspace((s) => s.split);
  const time = dimension('time');
  if (!time) {
    return (
      <Section id="time">
        <Card>
          <p className={css.note}>
            These {nouns.rows} carry no times, so nothing can be said about when they happened, and no split can put the test after the training. If a file holds a date, <a href="#/data?at=files">map it as the time on Data</a>.
          </p>
        </Card>
      </Section>
    );
  }
  return (
    <Section id="time">
      <div className={css.grid}>
        <Lazy height={300} className={css.whole}>
          {() => <ColumnChart dimension={time} title={`${capital(nouns.rows)} per ${time.unit}`} />}
        </Lazy>
        <Lazy height={280} className={css.half}>
          {() => (
            <Asked question="time" rest={{}} title={`New ${nouns.items} per ${time.unit}`}>
              {(a) => a && <NewOnes a={a} which="items" edges={time.edges} unit={time.unit} />}
            </Asked>
          )}
        </Lazy>
        <Lazy height={280} className={css.half}>
          {() => (
            <Asked question="time" rest={{}} title={`New ${nouns.users} per ${time.unit}`}>
              {(a) => a && <NewOnes a={a} which="users" edges={time.edges} unit={time.unit} />}
            </Asked>
          )}
        </Lazy>
        <Lazy height={420} className={css.whole}>
          {() => (
            <Asked question="cuts" rest={{ spec }} title="Where each split would cut" follows={false} height={300}>
              {(cuts) => cuts && <Cuts cuts={cuts} edges={time.edges} unit={time.unit} />}
            </Asked>
          )}
        </Lazy>
      </div>
    </Section>
  );
}

function NewOnes({ a, which, edges, unit }: { a: Arrivals; which: 'items' | 'users'; edges: Float64Array; unit: string | null }) {
  const { nouns } = useSession();
  const list = which === 'items' ? a.newItems : a.newUsers;
  const what = nouns[which];
  const total = list.reduce((x, y) => x + y, 0);
  // The first tenth of the time sees everything for the first time; what comes after is truly new.
  const start = Math.ceil(list.length / 10);
  const later = list.slice(start).reduce((x, y) => x + y, 0);
  const lastQuarter = list.slice(Math.floor(list.length * 0.75)).reduce((x, y) => x + y, 0);
  const share = lastQuarter / Math.max(1, total);
  return (
    <Histogram
      title={`New ${what} per ${unit}`}
      aside={`first ${nouns.row} of each`}
      bins={Array.from(list, (value, b) => ({ x0: edges[b]!, x1: edges[b + 1]!, value }))}
      xLabel={capital(unit ?? 'time')}
      yLabel={`New ${what}`}
      xFormat={(v) => momentName(v, unit)}
      ticks={someEdges(edges, 5)}
      binLabel={(b) => momentName(b.x0, unit)}
      height={150}
      exportName={`new ${what}`}
      reading={
        total === 0
          ? `No ${what} are left in this selection.`
          : `${percent(later / total)} of the ${what} appear after the first tenth of the time, ${percent(share)} in the last quarter: ${
              which === 'items' ? (share > 0.15 ? 'new ones keep coming, so cold items are everyday business here' : 'few are new at the end, so a split by date tests mostly known ones') : share > 0.15 ? 'newcomers have little history to go by' : 'most of them are known well before the end'
            }.`
      }
    />
  );
}

function Cuts({ cuts, edges, unit }: { cuts: Cut[]; edges: Float64Array; unit: string | null }) {
  const { nouns, filters } = useSession();
  const temporal = cuts.find((c) => c.protocol === 'temporal');
  const last = cuts.find((c) => c.protocol === 'last');
  const name = (c: Cut): string => PROTOCOLS.find((p) => p.value === c.protocol)?.label ?? c.protocol;
  const at = (v: number | null): string => (v === null ? '–' : momentName(v, unit === 'year' || unit === 'quarter' ? 'month' : unit === 'hour' ? 'hour' : 'day'));
  return (
    <div className={css.stack}>
      <div className={css.grid}>
        {cuts.map((c) => (
          <div key={c.protocol} className={css.half}>
            <Histogram
              title={`Test of “${name(c)}”`}
              aside={`${count(c.tests)} test ${nouns.rows}`}
              bins={Array.from(c.test, (value, b) => ({ x0: edges[b]!, x1: edges[b + 1]!, value }))}
              xLabel={capital(unit ?? 'time')}
              yLabel={`Test ${nouns.rows}`}
              xFormat={(v) => momentName(v, unit)}
              ticks={someEdges(edges, 5)}
              binLabel={(b) => momentName(b.x0, unit)}
              marks={c.protocol === 'temporal' && c.from !== null ? [{ x: c.from, label: 'cut' }] : c.middle !== null ? [{ x: c.middle, label: 'median' }] : []}
              height={110}
              exportName={`test times ${c.protocol}`}
            />
          </div>
        ))}
      </div>
      <Card
        title="Where each split would cut"
        aside={filters.length > 0 ? 'of all data: a split takes no selection' : undefined}
        padded={false}
        footer={
          <Reading>
            {last && temporal
              ? `Last one out tests on ${nouns.rows} from ${at(last.from)} to ${at(last.to)}; ${leaked(last.leakage ?? 0, nouns.row)} By date, all that is tested happened from ${at(temporal.from)} on and the training ended before, so nothing leaks.`
              : 'No split has a test here.'}
          </Reading>
        }
      >
        <div className={css.nowrap}>
          <DataTable
          caption="The splits side by side"
            maxHeight={400}
          columns={[{ key: 'name', label: 'Split' }, { key: 'tests', label: `Test ${nouns.rows}` }, { key: 'from', label: 'First' }, { key: 'middle', label: 'Median' }, { key: 'to', label: 'Last' }, { key: 'trainTo', label: 'Training until' }, { key: 'leak', label: 'Test older than training' }]}
          rows={cuts.map((c) => ({ name: name(c), tests: count(c.tests), from: at(c.from), middle: at(c.middle), to: at(c.to), trainTo: at(c.trainTo), leak: c.leakage === null ? '–' : percent(c.leakage) }))}
          />
        </div>
      </Card>
    </div>
  );
}
