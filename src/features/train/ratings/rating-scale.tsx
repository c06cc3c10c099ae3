import { useMemo } from 'react';
import { ratingScale } from '../../../app/ratings';
import { useWorkspace } from '../../../app/workspace';
import { count, percent, rate } from '../../../ui/format';
import { Histogram, type Bin } from '../../../ui/Histogram';
import panes from '../../../ui/panes.module.css';

/** How often each rating is given: what a model has to say more than. */
export function RatingScale() {
  const hash = useWorkspace((s) => s.data?.hash ?? null);
  // oxlint-disable-next-line react/exhaustive-deps -- the data themselves are outside React; the hash stands for them
  const scale = useMemo(() => ratingScale(), [hash]);
  if (!scale || scale.values.length === 0) return null;
  const { values, many, total } = scale;
  const [first, last] = [values[0]!.rating, values.at(-1)!.rating];
  const mean = values.reduce((s, v) => s + v.rating * v.count, 0) / total;
  const sd = Math.sqrt(values.reduce((s, v) => s + v.count * (v.rating - mean) ** 2, 0) / total);
  const plain = (x: number): string => (Number.isInteger(x) ? count(x) : rate(x, 2));
  return (
    <>
      <Histogram
        title="Ratings in these data"
        aside={`${count(total)} ratings from ${plain(first)} to ${plain(last)}`}
        bins={binsOf(values, many)}
        xLabel="Rating"
        yLabel="Ratings"
        xFormat={plain}
        marks={[{ x: mean + (many ? 0 : step(values) / 2), label: `mean ${rate(mean, 2)}` }]}
        height={150}
        exportName="ratings"
        reading={`Always saying the mean (${rate(mean, 2)}) has an RMSE of ${rate(sd)}; ${percent(Math.max(...values.map((v) => v.count)) / total)} of all ratings are the commonest one.`}
      />
      {many && <p className={panes.warning}>These are {count(values.length)} different values up to {plain(last)}: counts of plays rather than ratings. Predicting them is possible, and its errors are ruled by the largest; ranking says more.</p>}
    </>
  );
}

/** Smallest distance between two neighbouring ratings. */
const step = (values: readonly { rating: number }[]): number => Math.min(1, ...values.slice(1).map((v, k) => v.rating - values[k]!.rating));

function binsOf(values: readonly { rating: number; count: number }[], many: boolean): Bin[] {
  const [first, last] = [values[0]!.rating, values.at(-1)!.rating];
  if (!many) {
    const wide = step(values);
    return Array.from({ length: Math.round((last - first) / wide) + 1 }, (_, k) => {
      const x0 = first + k * wide;
      return { x0, x1: x0 + wide, value: values.find((v) => Math.abs(v.rating - x0) < wide / 2)?.count ?? 0 };
    });
  }
  const wide = (last - first) / 30;
  const bins = Array.from({ length: 30 }, (_, k) => ({ x0: first + k * wide, x1: first + (k + 1) * wide, value: 0 }));
  for (const v of values) bins[Math.min(29, Math.floor((v.rating - first) / wide))]!.value += v.count;
  return bins;
}
