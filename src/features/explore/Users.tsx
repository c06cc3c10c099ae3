import type { ExploreCalls } from '../../app/explore';
import { DotPlot } from '../../ui/DotPlot';
import { count, percent, rate } from '../../ui/format';
import { Histogram } from '../../ui/Histogram';
import { Card } from '../../ui/Card';
import { ColumnChart } from './ColumnChart';
import { Lazy } from './Lazy';
import { Section } from './Section';
import { useSession } from './session';
import { Asked } from './Waiting';
import { byHeight, capital, shareOf } from './words';
import css from './explore.module.css';

export function Users() {
  const { schema, nouns } = useSession();
  const columns = schema.dimensions.filter((d) => d.table === 'users' && d.id !== 'activity').sort(byHeight);
  const share = shareOf(columns.length);
  return (
    <Section id="users" title={capital(nouns.users)}>
      <div className={css.grid}>
        {columns.length === 0 && (
          <div className={css.whole}>
            <Card>
              <p className={css.note}>
                Nothing is known about the {nouns.users} but what they did. Add a file with a row per {nouns.user} on <a href="#/data?at=files">Data</a> to see countries, ages or any other column here, and to choose by them.
              </p>
            </Card>
          </div>
        )}
        {columns.map((d) => (
          <Lazy key={d.id} height={300} className={css[share]}>
            {() => <ColumnChart dimension={d} />}
          </Lazy>
        ))}
        <Lazy height={300} className={css.whole}>
          {() => (
            <Asked question="overlap" rest={{}} title={`How alike ${nouns.users} are`}>
              {(o) => <OverlapCharts o={o} />}
            </Asked>
          )}
        </Lazy>
      </div>
    </Section>
  );
}

type Overlap = ExploreCalls['overlap'][1];

function OverlapCharts({ o }: { o: Overlap }) {
  const { nouns, schema } = useSession();
  const n = o.nearest.bins.length;
  const last = Math.max(o.nearest.bins.findLastIndex((c) => c > 0), o.friends?.bins.findLastIndex((c) => c > 0) ?? 0, 4);
  const groups = [
    ...(o.friends ? [{ key: 'friends', label: 'Friends', of: o.friends }] : []),
    { key: 'strangers', label: o.friends ? 'Strangers' : 'Any two', of: o.strangers },
    { key: 'nearest', label: 'Most similar other', of: o.nearest },
  ];
  const times = o.friends && o.strangers.mean > 0 ? o.friends.mean / o.strangers.mean : null;
  return (
    <div className={css.grid}>
      <div className={css.twoThirds}>
        <Histogram
          title={`Each ${nouns.user} and the most similar other`}
          aside={`${count(o.nearest.pairs)} sampled`}
          bins={Array.from(o.nearest.bins.subarray(0, last + 1), (value, b) => ({ x0: b / n, x1: (b + 1) / n, value }))}
          xLabel="Overlap"
          yLabel={capital(nouns.users)}
          xFormat={(v) => rate(v, 2)}
          exportName={`nearest ${nouns.users}`}
          empty={`Too few ${nouns.users} share anything.`}
          reading={`The most similar other ${nouns.user} shares ${percent(o.nearest.mean)} of what either has, on average; two at random share ${percent(o.strangers.mean)}. ${o.nearest.mean > 3 * o.strangers.mean ? `There are neighbours to learn from: methods that compare ${nouns.users} have something to go on.` : `Neighbours are hardly nearer than strangers: comparing ${nouns.users} will not say much.`}`}
        />
      </div>
      <div className={css.beside}>
        <DotPlot
          title="Overlap of pairs"
          aside="shared ÷ of either"
          rows={groups.map((g) => ({ key: g.key, label: g.label, detail: `${percent(g.of.sharing)} share one`, dots: [{ series: 'mean', value: g.of.mean }] }))}
          series={[{ id: 'mean', label: 'Mean overlap', tone: 'all' }]}
          nameLabel="Pairs"
          valueLabel="overlap"
          reference={{ value: 0, label: 'nothing in common' }}
          exportName="overlap of pairs"
          reading={
            o.friends
              ? `Friends overlap ${times === null ? 'more' : `${times.toFixed(1)} times as much`} as strangers (${rate(o.friends.mean, 3)} against ${rate(o.strangers.mean, 3)})${o.nearestIsFriend === null ? '' : `, yet only for ${percent(o.nearestIsFriend)} of those with friends is the most similar other one of them`}: friendship carries some taste, not most of it.`
              : schema.hasFriends
                ? 'No two friends are left in this selection.'
                : `The files do not say who are friends, so only chance pairs can be compared.`
          }
        />
      </div>
    </div>
  );
}
