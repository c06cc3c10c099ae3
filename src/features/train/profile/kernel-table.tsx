/** Every kernel of a step: how often it is launched, what it takes, and how near it comes to this machine's peak. */
import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { kindOf, readProfile, type KernelLine } from '../../../analysis/profile';
import type { StepProfile } from '../../../core/profile';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { DataTable } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { count, percent } from '../../../ui/format';
import { Help } from '../../../ui/Help';
import { milliseconds } from './phase-bar';
import css from './profile.module.css';

const FIRST = 12;
const rateOf = (v: number | null): string => (v === null ? '–' : v >= 9.95 ? count(v) : v.toFixed(v >= 0.095 ? 1 : 2));
const often = (n: number): string => (Number.isInteger(n) ? count(n) : n.toFixed(1));

export function KernelTable({ profile, name }: { profile: StepProfile; name: string }) {
  const [of, setOf] = useState<'step' | 'evaluation'>('step');
  const [all, setAll] = useState(false);
  const r = readProfile(profile);
  const lines = of === 'evaluation' ? r.evaluation : r.kernels;
  const shown = all ? lines : lines.slice(0, FIRST);
  const per = of === 'evaluation' ? 'an evaluation' : 'a step';
  const save = (): void =>
    download(`${name} kernels.csv`, toCsv(['Kernel', 'What it does', 'Ours', `Launches ${per}`, `Milliseconds ${per}`, 'Share', 'GFLOP/s', 'Share of peak', 'GB/s'], lines.map((k) => [k.kernel, kindOf(k.kernel), k.own ? 'yes' : 'no', k.launches, k.milliseconds, k.share, k.gflops, k.ofPeak, k.gigabytes])), 'text/csv;charset=utf-8');
  return (
    <Card
      title="Operations"
      padded={false}
      aside={
        <>
          <span>peak here {rateOf(profile.peak.gflops)} GFLOP/s, copying {rateOf(profile.peak.gigabytes)} GB/s</span>
          <Help term="share of peak">
            Operations are counted by formula from the shapes of each launch; a dash where no formula is known. The peak is the fastest matrix product seen in this browser. Times are by the clock on the wall, so whatever else this machine does counts in: profile on an idle one. An operation far below the peak may be near the other limit, copying memory: its GB/s counts inputs and outputs once. {profile.timing === 'submission' && 'On a GPU a launch returns before the work is done, so no rates are given.'}
          </Help>
        </>
      }
      footer={
        <div className={css.tools}>
          {r.evaluation.length > 0 && <SegmentedControl size="xs" aria-label="Operations of" value={of} onChange={(v) => setOf(v as 'step' | 'evaluation')} data={[{ value: 'step', label: 'A step' }, { value: 'evaluation', label: 'An evaluation' }]} />}
          {lines.length > FIRST && (
            <Button variant="default" size="compact-sm" onClick={() => setAll(!all)}>
              {all ? `Show the longest ${FIRST}` : `Show all ${count(lines.length)}`}
            </Button>
          )}
          <Button variant="default" size="compact-sm" onClick={save}>
            Save numbers (CSV)
          </Button>
        </div>
      }
    >
      <DataTable
        caption={`Operations of ${per}`}
        maxHeight={520}
        columns={[
          { key: 'kernel', label: 'Kernel' },
          { key: 'launches', label: `Launches ${per}` },
          { key: 'ms', label: `Time ${per}` },
          { key: 'share', label: 'Share' },
          { key: 'gflops', label: 'GFLOP/s' },
          { key: 'peak', label: '% of peak' },
          { key: 'bytes', label: 'GB/s' },
          { key: 'kind', label: 'What it does', align: 'left' },
        ]}
        rows={shown.map(cells)}
      />
    </Card>
  );
}

/** A number and its unit on one line. */
const whole = (text: string): string => text.replaceAll(' ', '\u00a0');
const cells = (k: KernelLine) => ({
  kernel: k.own ? <>{k.kernel} <span className={css.own}>ours</span></> : k.kernel,
  kind: kindOf(k.kernel),
  launches: often(k.launches),
  ms: whole(milliseconds(k.milliseconds)),
  share: whole(percent(k.share)),
  gflops: rateOf(k.gflops),
  peak: k.ofPeak === null ? '–' : whole(percent(k.ofPeak)),
  bytes: rateOf(k.gigabytes),
});
