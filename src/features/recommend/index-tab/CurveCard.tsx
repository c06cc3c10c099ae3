import { Button } from '@mantine/core';
import { DIAL, fastestAt, type CurvePoint, type IndexCurve, type IndexPlan } from '../../../retrieval/curve';
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { bytes, count, percent, rate, seconds } from '../../../ui/format';
import { Reading } from '../../../ui/Reading';
import { ScatterPlot } from '../../../ui/ScatterPlot';
import { GOOD, milliseconds, planName, readingOf } from './settings';
import shared from '../recommend.module.css';

const TONES = [{ label: 'index', tone: 'all' }, { label: 'exact search', tone: 'cold' }] as const;
const tick = (ms: number): string => String(Number(ms.toPrecision(2)));

interface CurveCardProps {
  plan: IndexPlan;
  points: readonly CurvePoint[];
  curve: IndexCurve | null;
  k: number;
  space: string;
  /** Serves the lists on the Person tab with this setting; null where these vectors cannot. */
  onServe: ((setting: number) => void) | null;
}

/** Recall against milliseconds a query, one point per setting, exact search beside them. */
export function CurveCard({ plan, points, curve, k, space, onServe }: CurveCardProps) {
  const dial = DIAL[plan.kind];
  const good = curve && fastestAt(points, GOOD);
  const exact = curve ? [curve.exactMs] : [];
  const x = [...points.map((p) => p.ms), ...exact];
  const y = [...points.map((p) => p.recall), ...exact.map(() => 1)];
  const wide = Math.max(...x) > 8 * Math.min(...x);
  const name = (n: number): string => (n >= points.length ? 'exact search' : `${dial} ${count(points[n]!.setting)}${points[n]!.exact ? ' (all: exact)' : ''}`);
  return (
    <>
      <ScatterPlot
        title={`Recall@${k} against time a query`}
        aside={`${planName(plan)}, ${space}`}
        x={x} y={y} group={x.map((_, n) => (n >= points.length ? 1 : 0))} tones={TONES} labelOf={name}
        xLabel="ms a query, median" yLabel={`recall@${k}`} xScale={wide ? 'log' : 'linear'} xFormat={tick} yFormat={(v) => rate(v, 2)}
        trend={points.map((p) => ({ x: p.ms, y: p.recall }))} exportName="index-recall"
      />
      <Card title="Settings" aside={curve ? `built in ${seconds(curve.buildSeconds)}, holds ${bytes(curve.bytes)}` : undefined} padded={false} footer={curve && <Reading>{readingOf(curve)}</Reading>}>
        <DataTable
          caption={`${planName(plan)}: recall and time by ${dial}`}
          columns={[{ key: 'setting', label: dial }, { key: 'recall', label: `recall@${k}` }, { key: 'ms', label: 'a query' }, { key: 'times', label: 'times as fast as exact' }, { key: 'scanned', label: 'vectors read' }, ...(onServe && curve ? [{ key: 'serve', label: 'lists' }] : [])]}
          rows={[
            ...points.map((p, n) => ({ setting: name(n), recall: rate(p.recall, 3), ms: milliseconds(p.ms), times: curve ? (curve.exactMs / p.ms).toFixed(2) : '…', scanned: percent(p.scanned), serve: onServe && curve && <Button size="compact-xs" variant={p === good ? 'filled' : 'default'} aria-label={`Serve lists with ${dial} ${count(p.setting)}`} onClick={() => onServe(p.setting)}>Serve</Button> })),
            ...exact.map((ms) => ({ setting: 'exact search', recall: rate(1, 3), ms: milliseconds(ms), times: '1', scanned: percent(1), serve: null })),
          ]}
        />
        {curve && <p className={shared.hint} style={{ padding: '8px 16px' }}>{count(curve.queries)} queries, each repeated for at least half a millisecond; medians, measured just now on this device. What else the device does moves them.</p>}
      </Card>
    </>
  );
}
