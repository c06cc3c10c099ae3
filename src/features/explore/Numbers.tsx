import { Select } from '@mantine/core';
import type { ExploreCalls } from '../../app/explore';
import { labelOf } from '../../core/dataset';
import { setQuery, useQuery } from '../../app/url';
import { count } from '../../ui/format';
import { Heatmap } from '../../ui/Heatmap';
import { LineChart } from '../../ui/LineChart';
import { oneLine } from '../../ui/plot-scale';
import { ScatterPlot } from '../../ui/ScatterPlot';
import { Lazy } from './Lazy';
import { correlationReading, signed } from './readings';
import { useSession } from './session';
import { Asked } from './Waiting';
import { capital, columnName, figure, isYearly } from './words';
import css from './explore.module.css';

/** Numbers that describe items: together, over the years, and against popularity. */
export function Numbers() {
  const { schema, nouns } = useSession();
  const query = useQuery();
  const { itemNumbers: names, years } = schema;
  const asked = query.get('column');
  // Of a table alone two measures say more together than a year.
  const measures = schema.alone ? names.filter((n) => !years.includes(n)) : names;
  const column = asked !== null && names.includes(asked) ? asked : (measures[0] ?? names[0]!);
  const askedOther = query.get('against');
  const fallback = schema.alone ? ([...measures, ...names].find((n) => n !== column) ?? null) : null;
  const other = askedOther !== null && names.includes(askedOther) && askedOther !== column ? askedOther : fallback;
  const askedYears = query.get('years');
  const year = askedYears !== null && years.includes(askedYears) ? askedYears : years[0];
  // Many columns need the room to be told apart.
  const wide = names.length > 8 ? css.whole : css.half;
  return (
    <>
      {names.length > 1 && <Lazy height={360} className={wide}>
        {() => (
          <Asked question="correlations" rest={{}} title="Correlation of numbers">
            {(c) => (
              <Heatmap
                title="Correlation of numbers"
                aside={`Pearson’s r over ${nouns.items}; hatched: negative`}
                rows={c.names}
                columns={c.names}
                values={c.r}
                full={1}
                format={signed}
                valueLabel="r"
                exportName="correlations"
                reading={correlationReading(c.names, c.r, !schema.alone)}
              />
            )}
          </Asked>
        )}
      </Lazy>}
      {(other !== null || !schema.alone) && (
        <Lazy height={360} className={names.length > 1 ? wide : css.whole}>
          {() => (
            <Asked question="against" rest={{ column, other }} title={schema.alone ? 'One number against another' : 'Popularity against a number'}>
              {(a) => <Against a={a} column={column} other={other} names={names} />}
            </Asked>
          )}
        </Lazy>
      )}
      {year !== undefined && names.some((n) => n !== year) && (
        <Lazy height={320} className={css.whole}>
          {() => (
            <Asked question="means" rest={{ years: year }} title={`Means by ${year}`}>
              {(means) => <Means means={means} year={year} years={years} />}
            </Asked>
          )}
        </Lazy>
      )}
    </>
  );
}

/** No column's name starts with a space. */
const POPULARITY = ' popularity';

function Against({ a, column, other, names }: { a: ExploreCalls['against'][1]; column: string; other: string | null; names: string[] }) {
  const { data, nouns, dimension, schema } = useSession();
  const yearly = (name: string): boolean => {
    const about = dimension(`items.${name}`);
    return about !== undefined && isYearly(about);
  };
  const say = (name: string | null): ((v: number) => string) => (name !== null && yearly(name) ? (v) => String(Math.floor(v)) : figure);
  const first = a.trend[0];
  const last = a.trend.at(-1);
  const strength = Math.abs(a.rank) < 0.1 ? 'hardly goes with' : `goes ${Math.abs(a.rank) < 0.3 ? 'a little' : 'clearly'} ${a.rank > 0 ? 'with' : 'against'}`;
  const upright = other === null ? 'popularity' : columnName(other);
  const axes = names.map((n) => ({ value: n, label: oneLine(n, 60) }));
  const below = other === null ? ` has ${figure(first?.y ?? 0)} ${nouns.rows}, of the highest ${figure(last?.y ?? 0)}` : ` has ${upright} ${say(other)(first?.y ?? 0)} on average, one of the highest ${say(other)(last?.y ?? 0)}`;
  return (
    <ScatterPlot
      title={`${capital(upright)} against ${columnName(column)}`}
      aside={a.item.length < a.n ? `${count(a.item.length)} of ${count(a.n)} drawn` : `${count(a.n)} ${nouns.items}`}
      x={a.value}
      y={a.other}
      {...(other === null ? { yScale: 'log' as const } : {})}
      labelOf={(k) => labelOf(data.items, a.item[k] ?? -1)}
      xLabel={capital(columnName(column))}
      yLabel={other === null ? capital(nouns.rows) : capital(upright)}
      xFormat={say(column)}
      yFormat={say(other)}
      trend={a.trend}
      exportName={`${upright} against ${column}`}
      empty={`No ${nouns.item} of this selection has a value.`}
      controls={
        names.length > 1 && (
          <>
            <Select size="xs" aria-label="Number on the x axis" allowDeselect={false} value={column} onChange={(v) => setQuery({ column: v, ...(v === other ? { against: null } : {}) })} data={axes} />
            <Select
              size="xs"
              aria-label="What stands on the y axis"
              allowDeselect={false}
              value={other ?? POPULARITY}
              onChange={(v) => setQuery({ against: v === POPULARITY ? null : v })}
              data={[...(schema.alone ? [] : [{ value: POPULARITY, label: 'popularity' }]), ...axes.filter((x) => x.value !== column)]}
            />
          </>
        )
      }
      reading={
        first && last
          ? `${capital(columnName(column))} ${strength} ${upright} (rank correlation ${signed(a.rank)}): a typical ${nouns.item} of the lowest tenth${below}. The line joins the middles of up to ten groups of about equal size.`
          : 'Too few to draw a line through.'
      }
    />
  );
}

function Means({ means, year, years }: { means: ExploreCalls['means'][1]; year: string; years: string[] }) {
  const { nouns } = useSession();
  const drawn = means.filter((m) => m.points.length > 1);
  return (
    <div className={css.grid}>
      <div className={css.whole}>
        <div className={css.sectionHead} style={{ margin: 0 }}>
          <h2 style={{ fontSize: 14 }}>Means by {columnName(year)}, with 95 % bands</h2>
          {years.length > 1 && <Select size="xs" aria-label="Column of years" allowDeselect={false} value={year} onChange={(v) => setQuery({ years: v })} data={years.map((y) => ({ value: y, label: oneLine(y, 60) }))} />}
        </div>
      </div>
      {drawn.length === 0 && <p className={`${css.note} ${css.whole}`}>No two years have five {nouns.items} each with a value.</p>}
      {drawn.map((m) => (
        <div key={m.column} className={css.third}>
          <LineChart
            title={capital(columnName(m.column))}
            aside={meanReading(m)}
            series={[{ id: 'mean', label: 'mean', tone: 'all', points: m.points.map((p) => ({ x: p.year, y: p.mean, low: p.low, high: p.high })) }]}
            xLabel="Year"
            xFormat={String}
            yFormat={figure}
            exportName={`${m.column} by ${year}`}
            height={150}
          />
        </div>
      ))}
    </div>
  );
}

/** Rising, falling or level: the first third of the years against the last, each weighted by its items. */
export function meanReading(m: ExploreCalls['means'][1][number]): string {
  const n = m.points.length;
  const third = Math.max(1, Math.floor(n / 3));
  const of = (part: typeof m.points): number => {
    const weight = part.reduce((s, p) => s + p.n, 0);
    return part.reduce((s, p) => s + p.n * p.mean, 0) / Math.max(1, weight);
  };
  const before = of(m.points.slice(0, third));
  const after = of(m.points.slice(-third));
  const wide = m.points.reduce((s, p) => s + (p.high - p.low) / 2, 0) / Math.max(1, n);
  const word = Math.abs(after - before) < wide ? 'no clear trend' : after > before ? 'rising' : 'falling';
  return word === 'no clear trend' ? word : `${word}, ${figure(before)} to ${figure(after)}`;
}

