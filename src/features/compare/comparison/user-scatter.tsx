import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Outcomes } from '../../../analysis/compare';
import { held } from '../../../app/workspace';
import { labelOf } from '../../../core/dataset';
import type { RunRecord } from '../../../core/run';
import { count, plural } from '../../../ui/format';
import { ScatterPlot } from '../../../ui/ScatterPlot';
import { sliceTitles } from '../../train/series';
import css from '../compare.module.css';
import type { Pairs } from './test-pairs';
import { UserLists } from './user-lists';

interface Props {
  a: RunRecord;
  b: RunRecord;
  names: readonly [string, string];
  outcomes: Outcomes;
  pairs: Pairs;
}
const tones = (['warm', 'cold', 'new'] as const).map((t) => ({ label: t === 'cold' ? 'Cold, not new' : sliceTitles[t], tone: t }));

/** Every user by where the two runs put their held-out item; a click opens both lists. */
export function UserScatter({ a, b, names, outcomes: o, pairs }: Props) {
  const [picked, setPicked] = useState<number | null>(null);
  const letters = a.perUser!.slices ?? b.perUser!.slices;
  const group = letters ? Uint8Array.from(letters, (l) => (l === 'w' ? 0 : l === 'c' ? 1 : 2)) : undefined;
  const [x, y] = [b.perUser!.ranks, a.perUser!.ranks];
  const user = (k: number): number | null => (pairs.state === 'here' ? pairs.pairs.users[k]! : null);
  const nameOf = (k: number): string => {
    const u = user(k);
    return u === null || !held.data ? `Measured user ${k + 1}` : `User ${labelOf(held.data.users, u)}`;
  };
  const jump = (won: boolean): void => {
    let best: number | null = null;
    const gap = (k: number): number => Math.abs(Math.log((x[k] || 1e9) / (y[k] || 1e9)));
    o.of.forEach((of, k) => {
      if (of === (won ? 0 : 1) && (best === null || gap(k) > gap(best))) best = k;
    });
    setPicked(best);
  };
  return (
    <>
      <ScatterPlot
        title="User by user"
        aside="rank of the held-out item, log axes"
        controls={
          <div className={css.buttons}>
            <span className={css.faint}>
              {names[0]} ranks it higher for {count(o.won)}, lower for {count(o.lost)}, alike for {count(o.tied)}
            </span>
            <Button variant="default" size="compact-xs" disabled={o.won === 0} onClick={() => jump(true)}>
              Biggest win
            </Button>
            <Button variant="default" size="compact-xs" disabled={o.lost === 0} onClick={() => jump(false)}>
              Biggest loss
            </Button>
          </div>
        }
        x={x}
        y={y}
        {...(group ? { group, tones } : {})}
        labelOf={nameOf}
        xLabel={`Rank in ${names[1]}`}
        yLabel={`Rank in ${names[0]}`}
        xScale="log"
        yScale="log"
        xFormat={count}
        yFormat={count}
        diagonal
        chosen={picked}
        onPick={setPicked}
        height={320}
        exportName="user-by-user"
        reading={`Below the line ${names[0]} does better: ${plural(o.won, 'user')} won, ${count(o.lost)} lost, ${count(o.tied)} tied. Click a user, or press Enter on one, to see both lists.`}
      />
      {picked !== null && (pairs.state === 'here' ? <UserLists key={picked} title={nameOf(picked)} user={user(picked)!} runs={[b, a]} names={[names[1], names[0]]} onClose={() => setPicked(null)} /> : <p className={css.note}>{pairs.state === 'absent' ? pairs.why : 'Finding out who that is…'}</p>)}
    </>
  );
}
