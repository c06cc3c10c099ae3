import { SegmentedControl, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { differenceByGroup, errorByGroup, type ErrorKind, type GroupError } from '../../../analysis/rating-compare';
import { ratingPartitions, type RatingPartition } from '../../../analysis/rating-groups';
import { unpackResiduals, type RatingRun } from '../../../core/rating-run';
import { DotPlot, type Dot } from '../../../ui/DotPlot';
import { count, rate } from '../../../ui/format';
import css from '../compare.module.css';
import type { Tested } from './use-test-ratings';

interface Props {
  a: RatingRun;
  b: RatingRun;
  names: readonly [string, string];
  tested: Tested;
}
const KINDS: readonly { value: ErrorKind; label: string }[] = [
  { value: 'rmse', label: 'RMSE' },
  { value: 'mae', label: 'MAE' },
  { value: 'bias', label: 'Mean error' },
];
const none: RatingPartition[] = [];

/** For which ratings: the errors of two runs in every group, or their difference, with intervals over users. */
export function ErrorChart({ a, b, names, tested }: Props) {
  const [by, setBy] = useState<RatingPartition['id']>('truth');
  const [kind, setKind] = useState<ErrorKind>('rmse');
  const [shown, setShown] = useState<'errors' | 'difference'>('errors');
  const ratings = tested.state === 'here' ? tested.ratings : null;
  const ways = useMemo(() => (ratings ? ratingPartitions(ratings) : none), [ratings]);
  const way = ways.find((w) => w.id === by) ?? ways[0];
  const [own, base] = useMemo(() => [a, b].map((r) => unpackResiduals(r.residuals ?? '')), [a, b]);
  const found = useMemo(() => {
    if (!way || !ratings || own!.length !== ratings.truth.length || base!.length !== own!.length) return null;
    return {
      own: errorByGroup(way.groups, kind, own!, ratings.user),
      base: errorByGroup(way.groups, kind, base!, ratings.user),
      difference: differenceByGroup(way.groups, kind, own!, base!, ratings.user),
    };
  }, [way, ratings, own, base, kind]);
  const dot = (series: string, e: GroupError): Dot => ({ series, value: e.value, ...(e.low !== null && e.high !== null ? { low: e.low, high: e.high } : {}) });
  const title = KINDS.find((k) => k.value === kind)!.label;
  return (
    <DotPlot
      title="Error by group"
      aside={shown === 'errors' ? `${title} · 95 % over users` : `${title}, ${names[0]} minus ${names[1]} · 95 % over users`}
      controls={
        <div className={css.buttons}>
          <Select size="xs" w={220} aria-label="Ratings by" data={ways.map((w) => ({ value: w.id, label: w.label }))} value={way?.id ?? null} allowDeselect={false} onChange={(v) => v && setBy(v as RatingPartition['id'])} />
          <Select size="xs" w={120} aria-label="Error shown" data={KINDS} value={kind} allowDeselect={false} onChange={(v) => v && setKind(v as ErrorKind)} />
          <SegmentedControl size="xs" aria-label="Errors or their difference" value={shown} onChange={(v) => setShown(v as typeof shown)} data={[{ value: 'errors', label: 'Both' }, { value: 'difference', label: 'Difference' }]} />
        </div>
      }
      series={shown === 'errors' ? [{ id: 'own', label: names[0], tone: 'all' }, { id: 'base', label: names[1], tone: 'faint' }] : [{ id: 'own', label: `${names[0]} minus ${names[1]}`, tone: 'all' }]}
      rows={(found?.own ?? []).map((e, k) => ({
        key: e.label, label: e.label, detail: `n = ${count(e.n)}`,
        dots: shown === 'errors' ? [dot('own', e), dot('base', found!.base[k]!)] : [dot('own', found!.difference[k]!)],
      }))}
      nameLabel={way?.label ?? 'Group'}
      valueLabel={shown === 'errors' ? title : 'difference'}
      {...(shown === 'difference' || kind === 'bias' ? { reference: { value: 0, label: shown === 'difference' ? 'no difference' : 'neither too high nor too low' } } : {})}
      exportName="error-by-group"
      empty={tested.state === 'asking' ? 'Working out which rating is in which group…' : tested.state === 'absent' ? tested.why : 'One of these runs did not keep its single errors.'}
      reading={found && way ? reading(found, way, kind, names) : undefined}
    />
  );
}

function reading({ own, base, difference }: Record<'own' | 'base' | 'difference', GroupError[]>, way: RatingPartition, kind: ErrorKind, [a, b]: readonly [string, string]): string {
  if (kind === 'bias') {
    const high = own.reduce((x, e) => (e.value < x.value ? e : x));
    const low = own.reduce((x, e) => (e.value > x.value ? e : x));
    const words = (e: GroupError): string => `${e.label} by ${rate(Math.abs(e.value), 2)}`;
    const parts = [high.value < 0 ? `predicts ${words(high)} too high` : '', low.value > 0 ? `${words(low)} too low` : ''].filter(Boolean);
    return `Mean error is true minus predicted. Farthest off, ${a} ${parts.join(' and ') || 'is nowhere off'}.${way.id === 'truth' ? ' A model that shrinks towards the mean must overrate the lowest ratings and underrate the highest.' : ''}`;
  }
  const worst = own.reduce((x, e) => (e.value > x.value ? e : x));
  const sure = difference.filter((d) => d.low !== null && d.high !== null && (d.low > 0 || d.high < 0));
  const list = (sign: 1 | -1): string => sure.filter((d) => Math.sign(d.value) === sign).map((d) => `${d.label} (${rate(Math.abs(d.value), 3)})`).slice(0, 4).join(', ');
  const parts = [list(-1) && `${a} errs less at ${list(-1)}`, list(1) && `${b} errs less at ${list(1)}`].filter(Boolean);
  const told = parts.length > 0 ? `${parts.join('; ')}. Intervals are not corrected for ${difference.length} groups: one in twenty leaves out zero by luck.` : `In none of these ${difference.length} groups does the interval of the difference leave out zero.`;
  return `${a} errs most at ${worst.label} (${rate(worst.value, 3)}; ${b} ${rate(base[own.indexOf(worst)]!.value, 3)}). ${told}`;
}
