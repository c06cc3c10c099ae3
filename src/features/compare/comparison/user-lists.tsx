import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { held } from '../../../app/workspace';
import { labelOf } from '../../../core/dataset';
import { messageOf } from '../../../core/problem';
import type { RunRecord } from '../../../core/run';
import type { ServedList } from '../../../../workers/protocol';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count, plural } from '../../../ui/format';
import css from '../compare.module.css';
import { useServed } from './use-served';

interface Props {
  title: string;
  user: number;
  runs: readonly RunRecord[];
  names: readonly string[];
  onClose: () => void;
}

/** The first ten of one user by each run, side by side, the held-out item marked. */
export function UserLists({ title, user, runs, names, onClose }: Props) {
  const { models, problem, fitting, fit } = useServed(runs.map((r) => r.id), true);
  const [lists, setLists] = useState<ServedList[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    if (!models) return;
    let gone = false;
    Promise.all(models.map((m) => m.recommend([{ user }], { k: 10 }))).then(
      (answers) => !gone && setLists(answers.map((x) => x[0]!)),
      (error: unknown) => !gone && setFailed(messageOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [models, user]);
  const name = (item: number): string => (held.data ? labelOf(held.data.items, item) : String(item));
  const target = lists?.[0]?.heldOut.find((h) => h.part === 'test');
  const shared = lists ? new Set([...lists[0]!.items].filter((i) => lists.every((l) => l.items.includes(i)))) : new Set<number>();
  return (
    <Card
      title={`${title}: both lists`}
      aside={
        <Button variant="subtle" size="compact-xs" onClick={onClose}>
          Close
        </Button>
      }
      footer={target && lists && `Held out: ${name(target.item)}, rank ${lists.map((l, k) => `${count(l.heldOut.find((h) => h.part === 'test')!.rank)} in ${names[k]}`).join(', ')}. The lists share ${plural(shared.size, 'item')}.`}
    >
      {problem ? (
        <ErrorPanel what={problem.what} remedy={problem.missing === null ? undefined : <Button loading={fitting} onClick={fit}>Fit it again</Button>} />
      ) : failed ? (
        <ErrorPanel what={failed} />
      ) : !lists ? (
        <p role="status" className={css.note}>Bringing the models back…</p>
      ) : (
        <div className={css.lists}>
          {lists.map((list, k) => (
            <div key={runs[k]!.id}>
              <h3 id={`list-${k}`}>{names[k]}</h3>
              <ol aria-labelledby={`list-${k}`}>
                {[...list.items].map((item) => (
                  <li key={item} data-hit={item === target?.item || undefined} data-shared={shared.has(item) || undefined}>
                    {name(item)} {item === target?.item ? <small>held out</small> : shared.has(item) ? <small className={css.faint}>in both</small> : null}
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </div>
      )}
    </Card>
  );
}
