import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ExploreCalls } from '../../app/explore';
import { setQuery, useQuery } from '../../app/url';
import { percent, rate } from '../../ui/format';
import { Heatmap } from '../../ui/Heatmap';
import { LineChart } from '../../ui/LineChart';
import { oneLine } from '../../ui/plot-scale';
import { Lazy } from './Lazy';
import { useSession } from './session';
import { Asked } from './Waiting';
import { capital } from './words';
import css from './explore.module.css';

/** Which tags go together, and which rise and fall. */
export function Tags() {
  const { schema } = useSession();
  const query = useQuery();
  const { tagColumns, years, hasTagDates } = schema;
  const tags = tagColumns.filter((c) => schema.dimensions.find((d) => d.id === `items.${c}`)?.kind === 'tags');
  const asked = query.get('tags');
  const column = asked !== null && tagColumns.includes(asked) ? asked : (tags[0] ?? tagColumns[0]);
  const year = years[0];
  const shown = [tags.length > 0, hasTagDates, year !== undefined && column !== undefined].filter(Boolean).length;
  const width = shown === 1 ? css.whole : css.half;
  return (
    <>
      {tags.length > 0 && (
        <Lazy height={400} className={width}>
          {() => (
            <Asked question="together" rest={{ column: column !== undefined && tags.includes(column) ? column : tags[0]! }} title="Tags that go together">
              {(t) => <Together t={t} />}
            </Asked>
          )}
        </Lazy>
      )}
      {hasTagDates && (
        <Lazy height={320} className={width}>
          {() => (
            <Asked question="tagYears" rest={{ column: column ?? '', years: null }} title="Tags by year of tagging">
              {(t) => <ByYear t={t} title="Tags by year of tagging" />}
            </Asked>
          )}
        </Lazy>
      )}
      {year !== undefined && column !== undefined && (
        <Lazy height={320} className={width}>
          {() => (
            <Asked question="tagYears" rest={{ column, years: year }} title={`${capital(column)} by ${year}`}>
              {(t) => (
                <ByYear
                  t={t}
                  title={`${capital(oneLine(column, 40))} by ${oneLine(year, 40)}`}
                  controls={tagColumns.length > 1 && <Select size="xs" aria-label="Labels by year" allowDeselect={false} value={column} onChange={(v) => setQuery({ tags: v })} data={tagColumns.map((c) => ({ value: c, label: oneLine(c, 60) }))} />}
                />
              )}
            </Asked>
          )}
        </Lazy>
      )}
    </>
  );
}

function Together({ t }: { t: ExploreCalls['together'][1] }) {
  const { nouns } = useSession();
  const n = t.tags.length;
  let best = { a: -1, b: -1, share: 0 };
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) if (t.overlap[a * n + b]! > best.share) best = { a, b, share: t.overlap[a * n + b]! };
  const loners = t.tags.filter((_, a) => t.tags.every((_, b) => a === b || t.overlap[a * n + b]! < 0.05));
  return (
    <Heatmap
      title="Tags that go together"
      aside={`${nouns.items} with both ÷ ${nouns.items} with either`}
      rows={t.tags}
      columns={t.tags}
      values={t.overlap}
      format={(v) => rate(v, 2)}
      figures={false}
      valueLabel="overlap"
      exportName="tags together"
      empty="No tag is left in this selection."
      reading={best.a < 0 ? 'No two of the most frequent tags share anything.' : `${capital(oneLine(t.tags[best.a]!, 40))} and ${oneLine(t.tags[best.b]!, 40)} go together most: ${percent(best.share)} of the ${nouns.items} with either have both${best.share > 0.5 ? ', so they say nearly the same' : ''}${loners.length ? `; ${loners.slice(0, 3).map((l) => oneLine(l, 30)).join(', ')} stand alone` : ''}.`}
    />
  );
}

const DASHES = [undefined, '5 4', '2 3', '8 3 2 3', '1 3', '10 4'];

function ByYear({ t, title, controls }: { t: ExploreCalls['tagYears'][1]; title: string; controls?: ReactNode }) {
  const moves = t.series.map((s) => ({ tag: s.tag, by: (s.share.at(-1) ?? 0) - (s.share[0] ?? 0) })).sort((a, b) => b.by - a.by);
  const [up, down] = [moves[0], moves.at(-1)];
  const parts = [...(up && up.by > 0.005 ? [`${oneLine(up.tag, 40)} gained most (${signedPoints(up.by)})`] : []), ...(down && down !== up && down.by < -0.005 ? [`${oneLine(down.tag, 40)} lost most (${signedPoints(down.by)})`] : [])];
  return (
    <LineChart
      title={title}
      aside={t.source === 'tagging' ? 'share of the year’s taggings' : 'share of the year’s items'}
      series={t.series.map((s, k) => ({ id: s.tag, label: oneLine(s.tag, 24), tone: k === 0 ? ('all' as const) : ('faint' as const), ...(DASHES[k] ? { dash: DASHES[k] } : {}), points: t.years.map((y, j) => ({ x: y, y: s.share[j]! })) }))}
      xLabel="Year"
      xFormat={String}
      yFormat={percent}
      exportName={title}
      height={340}
      controls={controls}
      empty="No year has enough of them."
      reading={t.years.length < 2 ? 'Fewer than two years have enough to compare.' : parts.length ? `${capital(parts.join(', '))} from ${t.years[0]} to ${t.years.at(-1)}.` : `No clear movement from ${t.years[0]} to ${t.years.at(-1)}.`}
    />
  );
}

/** A difference of two shares is in points, not in per cent of either. */
const signedPoints = (v: number): string => `${v < 0 ? '−' : '+'}${percent(Math.abs(v)).replace(/ ?%/, '')} points`;
