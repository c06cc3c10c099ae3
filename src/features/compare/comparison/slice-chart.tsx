import { Select } from '@mantine/core';
import { useState } from 'react';
import { userValues } from '../../../analysis/compare';
import { groupDifferences, type GroupDifference } from '../../../analysis/slices';
import type { RunRecord } from '../../../core/run';
import { DotPlot } from '../../../ui/DotPlot';
import { count, rate } from '../../../ui/format';
import type { Pairs } from './test-pairs';

interface Props {
  a: RunRecord;
  b: RunRecord;
  names: readonly [string, string];
  metric: string;
  pairs: Pairs;
}

/** For whom: the difference of two runs in every group of users, with intervals. */
export function SliceChart({ a, b, names, metric, pairs }: Props) {
  const [by, setBy] = useState('temperature');
  const ways = pairs.state === 'asking' ? [] : pairs.partitions;
  const way = ways.find((p) => p.id === by) ?? ways[0];
  const rows = way ? groupDifferences(way, userValues(a, metric)!, userValues(b, metric)!) : [];
  return (
    <DotPlot
      title="Difference per slice"
      aside={`${metric}, ${names[0]} minus ${names[1]} · 95 %`}
      controls={<Select size="xs" w={250} aria-label="Slice by" data={ways.map((p) => ({ value: p.id, label: p.label }))} value={way?.id ?? null} allowDeselect={false} onChange={(v) => v && setBy(v)} />}
      series={[{ id: 'd', label: `${names[0]} minus ${names[1]}`, tone: 'all' }]}
      rows={rows.map((r) => ({ key: r.label, label: r.label, detail: `n = ${count(r.n)}`, dots: [{ series: 'd', value: r.mean, ...(r.n > 1 ? { low: r.low, high: r.high } : {}) }] }))}
      nameLabel={way?.label ?? 'Slice'}
      valueLabel="difference"
      reference={{ value: 0, label: 'no difference' }}
      exportName="difference-per-slice"
      empty={pairs.state === 'asking' ? 'Working out who is in which slice…' : 'These runs do not say who is in which slice.'}
      reading={rows.length > 0 ? `${sentence(rows, names)}${pairs.state === 'absent' ? ` ${pairs.why}` : ''}` : undefined}
    />
  );
}

function sentence(rows: readonly GroupDifference[], [a, b]: readonly [string, string]): string {
  const sure = rows.filter((r) => r.n > 1 && (r.low > 0 || r.high < 0));
  if (sure.length === 0) return `In none of these ${rows.length} groups does the interval leave out zero.`;
  const list = (sign: 1 | -1): string => sure.filter((r) => Math.sign(r.mean) === sign).map((r) => `${r.label} (${rate(Math.abs(r.mean), 3)})`).slice(0, 4).join(', ');
  const parts = [list(1) && `${a} is ahead for ${list(1)}`, list(-1) && `${b} is ahead for ${list(-1)}`].filter(Boolean);
  return `${parts.join('; ')}. Intervals are not corrected for ${rows.length} groups: one in twenty leaves out zero by luck.`;
}
