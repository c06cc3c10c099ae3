import { NumberInput, Slider } from '@mantine/core';
import type { ExploreCalls, LongTail } from '../../app/explore';
import { labelOf } from '../../core/dataset';
import { setQuery, useQuery } from '../../app/url';
import { BarChart } from '../../ui/BarChart';
import { count, percent } from '../../ui/format';
import { LineChart } from '../../ui/LineChart';
import { Reading } from '../../ui/Reading';
import { oneLine } from '../../ui/plot-scale';
import { Card } from '../../ui/Card';
import { ColumnChart } from './ColumnChart';
import { Lazy } from './Lazy';
import { activityReading, coreReading, tailReading } from './readings';
import { ScopeSwitch, useScope, useScopeWords } from './Scope';
import { Section } from './Section';
import { useSession } from './session';
import { Asked } from './Waiting';
import { capital } from './words';
import css from './explore.module.css';

export function Activity() {
  const { brush, dimension } = useSession();
  const activity = dimension('activity');
  const popularity = dimension('popularity');
  return (
    <Section id="activity">
      <div className={css.grid}>
        <Lazy height={300} className={css.half}>
          {() => activity && <ColumnChart dimension={activity} note="both axes logarithmic" />}
        </Lazy>
        <Lazy height={300} className={css.half}>
          {() => popularity && <ColumnChart dimension={popularity} note="both axes logarithmic" />}
        </Lazy>
        <Lazy height={330} className={css.half}>
          {() => <TailCurve items={brush.items} users={brush.users} />}
        </Lazy>
        <Lazy height={330} className={css.half}>
          {() => <TopItems tail={brush.items} />}
        </Lazy>
        <Lazy height={330} className={css.whole}>
          {() => (
            <Cores />
          )}
        </Lazy>
      </div>
    </Section>
  );
}

function TailCurve({ items, users }: { items: LongTail; users: LongTail }) {
  const { nouns } = useSession();
  return (
    <LineChart
      title="Long tail"
      aside="share of all that the most frequent have"
      series={[
        { id: 'items', label: nouns.items, tone: 'all', points: items.curve },
        { id: 'users', label: nouns.users, tone: 'faint', dashed: true, points: users.curve },
      ]}
      baselines={[{ label: '80 %', y: 0.8 }]}
      xLabel="Most frequent"
      xFormat={percent}
      yFormat={percent}
      exportName="long tail"
      height={230}
      empty="Nothing is selected."
      reading={`${tailReading(items, nouns.items, nouns.rows)} ${activityReading(users, nouns)}`}
    />
  );
}

function TopItems({ tail }: { tail: LongTail }) {
  const { data, nouns } = useSession();
  const bars = tail.top.map((t) => ({ key: String(t.entity), label: oneLine(labelOf(data.items, t.entity), 120), value: t.count }));
  const top = tail.top.slice(0, 10).reduce((n, t) => n + t.count, 0);
  return (
    <BarChart
      title={`Most popular ${nouns.items}`}
      aside="in this selection"
      bars={bars}
      limit={10}
      nameLabel={capital(nouns.item)}
      valueLabel={capital(nouns.rows)}
      exportName={`most popular ${nouns.items}`}
      empty="Nothing is selected."
      reading={tail.interactions > 0 ? `The ten most popular take ${percent(top / tail.interactions)} of the ${nouns.rows}: about what a list that never changes would hit.` : undefined}
    />
  );
}

function Cores() {
  const scope = useScope();
  return (
    <Asked key={scope} question="cores" rest={{}} title="k-core" follows={scope === 'selection'} height={240}>
      {(funnel) => <CoreCard funnel={funnel} />}
    </Asked>
  );
}

/** All cores are counted at once; moving k only looks them up. */
function CoreCard({ funnel }: { funnel: ExploreCalls['cores'][1] }) {
  const { nouns } = useSession();
  const selection = useScope() === 'selection';
  const whose = useScopeWords();
  const most = funnel.users.length;
  const asked = useQuery().get('k');
  const given = Number(asked ?? 5);
  // A selection may be too small for the k that was chosen for all data: then nothing is left, which is an answer.
  const fits = Number.isInteger(given) && given >= 1 && (given <= Math.max(1, most) || (asked === null || selection));
  const k = fits ? given : Math.max(1, Math.min(most, Number.isFinite(given) ? Math.round(given) : 5));
  const setK = (v: number): void => setQuery({ k: String(v) });
  const at = (list: Int32Array): number => list[k - 1] ?? 0;
  const points = (list: Int32Array) => Array.from(list, (v, j) => ({ x: j + 1, y: v / Math.max(1, list[0]!) }));
  return (
    <div className={css.grid}>
      <div className={css.twoThirds}>
        <LineChart
          title="What each k-core keeps"
          aside={`share kept, ${whose}`}
          series={[
            { id: 'rows', label: nouns.rows, tone: 'all', points: points(funnel.interactions) },
            { id: 'users', label: nouns.users, tone: 'faint', dashed: true, points: points(funnel.users) },
            { id: 'items', label: nouns.items, tone: 'faint', dash: '2 3', points: points(funnel.items) },
          ]}
          xLabel="k"
          yFormat={percent}
          exportName="k-cores"
          height={210}
          empty="Nothing is selected."
        />
      </div>
      <div className={css.beside}>
        <Card title="k-core" aside={<ScopeSwitch about="the k-core" />}>
          <div className={css.stack}>
            <div className={css.slider}>
              <span id="core-k">k</span>
              <Slider min={1} max={Math.max(2, most, k)} value={k} onChange={setK} label={null} thumbLabel="k of the core" />
              <NumberInput size="xs" min={1} max={Math.max(1, most, k)} clampBehavior="strict" allowDecimal={false} value={k} onChange={(v) => typeof v === 'number' && setK(v)} aria-labelledby="core-k" />
            </div>
            {asked !== null && !fits && <p className={css.notice} role="alert">{`"${asked.slice(0, 20)}" is no k here: choose a whole number from 1 to ${count(most)}.`}</p>}
            <dl className={css.funnel}>
              {([[nouns.rows, funnel.interactions], [nouns.users, funnel.users], [nouns.items, funnel.items]] as const).map(([name, list]) => (
                <div key={name}>
                  <dt>{capital(name)}</dt>
                  <dd>
                    <b>{count(at(list))}</b> <span>{percent(at(list) / Math.max(1, list[0] ?? 0))}</span>
                  </dd>
                </div>
              ))}
            </dl>
            <Reading>{coreReading(funnel, k, nouns)}</Reading>
            <p className={css.note}>
              The largest part {selection ? 'of the selection' : 'of all data'} in which each {nouns.user} and each {nouns.item} has at least k {nouns.rows}; something is left up to k = {count(most)}. To use one, choose it under <a href="#/data?at=cleaning">Data, Cleaning</a>{selection && ', which cuts all data'}.
            </p>
          </div>
        </Card>
      </div>
    </div>
  );
}
