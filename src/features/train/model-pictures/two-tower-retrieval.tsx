/** What logQ does to popular items: the size of the correction on the loaded plays, and whom finished runs with and without it recommend. */
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useRuns } from '../../../app/runs';
import { openModel } from '../../../app/serve';
import { held, useWorkspace } from '../../../app/workspace';
import { messageOf } from '../../../core/problem';
import type { RunRecord } from '../../../core/run';
import { percent, plural, rate } from '../../../ui/format';
import { LineChart, type ChartSeries } from '../../../ui/LineChart';
import { useTrainForm } from '../form-state';
import { correctionOfTenths, playCounts, shareOfTenths, tenths } from './degrees';

const MODEL = 'two-tower-retrieval';
/** Lists asked of each run: enough for shares of ten groups, and a second's work. */
const LISTS = 300;
const K = 10;
const X = 'Tenth of items, by plays';

interface Lists {
  /** Runs they are of. */
  key: string;
  users: number;
  plays: number[];
  runs: { logQ: boolean; name: string; shares: number[] }[];
}

async function listsOf(records: readonly RunRecord[], key: string): Promise<Lists> {
  const out: Lists = { key, users: 0, plays: [], runs: [] };
  for (const r of records) {
    const model = await openModel(r.id);
    const tenth = tenths(model.itemDegree);
    const step = Math.max(1, Math.ceil(model.userDegree.length / LISTS));
    const people = Array.from({ length: Math.ceil(model.userDegree.length / step) }, (_, k) => ({ user: k * step }));
    const lists = await model.recommend(people, { k: K });
    const all = model.itemDegree.reduce((s, n) => s + n, 0);
    const plays = Array.from({ length: 10 }, () => 0);
    model.itemDegree.forEach((n, i) => (plays[tenth[i]!]! += all ? n / all : 0));
    out.users = people.length;
    out.plays = plays;
    out.runs.push({ logQ: r.model.params['logQ'] === true, name: r.name, shares: shareOfTenths(lists.flatMap((l) => [...l.items]), tenth) });
  }
  return out;
}

const points = (shares: readonly (number | null)[]) => shares.flatMap((y, k) => (y === null ? [] : [{ x: k + 1, y }]));
const words = (logQ: boolean): string => (logQ ? 'with logQ' : 'without');

export default function RetrievalPicture() {
  const hash = useWorkspace((s) => s.data?.hash ?? null);
  return hash === null ? null : (
    <>
      <Correction key={hash} hash={hash} />
      <Recommended key={`lists ${hash}`} hash={hash} />
    </>
  );
}

function Correction({ hash }: { hash: string }) {
  const on = useTrainForm((s) => s.config.params['logQ'] === true);
  const T = useTrainForm((s) => s.config.params['temperature']);
  const found = useMemo(() => {
    const data = held.data;
    if (!data || data.hash !== hash) return null;
    const { items } = playCounts(data.interactions, data.users.ids.length, data.items.ids.length);
    return correctionOfTenths(items, tenths(items));
  }, [hash]);
  const played = found?.filter((c) => c !== null) ?? [];
  if (played.length === 0) return null;
  const gap = played[0]! - played.at(-1)!;
  const cosine = typeof T === 'number' && Number.isFinite(T) && T > 0 ? ` At temperature ${T} that weighs as much as ${rate(gap * T, 2)} of likeness, which runs from −1 to 1.` : '';
  return (
    <LineChart
      title="The logQ correction"
      aside={on ? 'switched on' : 'switched off'}
      series={[{ id: 'correction', label: '−ln q', tone: 'all', dashed: !on, points: points(found!) }]}
      xLabel={X}
      yFormat={(v) => rate(v, 2)}
      exportName="logq-correction"
      height={170}
      reading={`The rarest played tenth gets ${rate(gap, 2)} more than the most played one as a rival in training.${cosine} It evens out that popular items are met as rivals, and pushed down, far more often.`}
    />
  );
}

/** The newest finished run with the correction and the newest without, of the data in use. */
function useNewest(hash: string): RunRecord[] {
  const runs = useRuns((s) => s.runs);
  return useMemo(() => {
    const own = runs.filter((r) => r.model.id === MODEL && r.data.hash === hash && r.status !== 'failed').toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    return [true, false].flatMap((logQ) => own.find((r) => r.model.params['logQ'] === logQ) ?? []);
  }, [runs, hash]);
}

function Recommended({ hash }: { hash: string }) {
  const newest = useNewest(hash);
  const [lists, setLists] = useState<Lists | null>(null);
  const [work, setWork] = useState<{ busy: boolean; failed: string | null }>({ busy: false, failed: null });
  if (newest.length === 0) return null;
  const key = newest.map((r) => r.id).join(' ');
  const shown = lists?.key === key ? lists : null;
  const look = async (): Promise<void> => {
    setWork({ busy: true, failed: null });
    try {
      setLists(await listsOf(newest, key));
      setWork({ busy: false, failed: null });
    } catch (error) {
      setWork({ busy: false, failed: messageOf(error) });
    }
  };
  const series: ChartSeries[] = shown
    ? [
        ...shown.runs.map((r) => ({ id: words(r.logQ), label: words(r.logQ), tone: 'all' as const, dashed: !r.logQ, points: points(r.shares) })),
        { id: 'plays', label: 'plays', tone: 'faint' as const, dash: '2 3', points: points(shown.plays) },
      ]
    : [];
  const top = shown?.runs.map((r) => `${words(r.logQ)} ${percent(r.shares[9]!)}`).join(', ');
  const missing = newest.length < 2 ? ` Train once more ${words(newest[0]!.model.params['logQ'] !== true)} to see both.` : '';
  return (
    <LineChart
      title="Whom its lists show"
      aside={shown ? `first ${K} of ${plural(shown.users, 'user')}` : undefined}
      series={series}
      xLabel={X}
      yFormat={percent}
      exportName="logq-lists"
      height={180}
      empty={work.failed ?? 'Press the button: lists of the newest finished run with logQ, and of the newest without.'}
      controls={shown ? undefined : <Button size="xs" variant="default" loading={work.busy} onClick={() => void look()}>Look at {newest.length > 1 ? 'both runs' : 'the run'}</Button>}
      reading={shown ? `The most played tenth of the items takes this share of the places: ${top}; of the plays trained on, ${percent(shown.plays[9]!)}.${missing}` : undefined}
    />
  );
}
