/** Who would like a new item, where it would stand in their lists, and what it is most like. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Served } from '../../app/serve';
import { labelOf, type DataSet } from '../../core/dataset';
import type { NewItemAnswer, ServedList } from '../../../workers/protocol';
import { messageOf } from '../../core/problem';
import { Card } from '../../ui/Card';
import { count, percent, plural, rate } from '../../ui/format';
import { Reading } from '../../ui/Reading';
import { writeAddress } from './address';
import { clip, itemLabel, score, secondLine } from './item-words';
import { writeMapAddress } from './map/map-address';
import { SliceBadge } from './slice-badge';
import listCss from './list-card.module.css';
import shared from './recommend.module.css';
import whyCss from './why-panel.module.css';
import css from './new-song.module.css';

export interface Answer {
  served: Served;
  title: string;
  answer: NewItemAnswer;
  /** What the item was placed by, and why text played no part, where it did not. */
  note: string | null;
}

/** Neighbours named, and of somebody's history. */
const NAMED = 10;
const NEAREST = 4;

interface Opened {
  list: ServedList;
  /** Items they have that it is most like, nearest first. */
  near: { item: number; similarity: number }[];
}

/** @param runs the models shown, which go along to where a button leads */
export function AnswerView({ data, runs, served, title, answer, note }: Answer & { data: DataSet; runs: string[] }) {
  const [shown, setShown] = useState<number | null>(null);
  const [opened, setOpened] = useState<Record<number, Opened | string>>({});
  const neighbours = [...answer.similar.items.subarray(0, NAMED)];
  const best = answer.users[0];
  const nearest = answer.similar.items[0];
  const onMap = (): void => {
    writeMapAddress({ pick: neighbours.map((i) => ({ kind: 'item', id: data.items.ids[i]! })), look: null });
    writeAddress({ tab: 'map', runs });
  };
  const open = async (user: number, rank: number): Promise<void> => {
    setShown(shown === user ? null : user);
    if (opened[user] !== undefined) return;
    const set = (what: Opened | string): void => setOpened((o) => ({ ...o, [user]: what }));
    try {
      const [[list], history] = await Promise.all([served.recommend([{ user }], { k: Math.min(1000, Math.max(8, rank + 2)), seen: 'train' }), served.history(user)]);
      const has = new Set(history.train.map((h) => h.item));
      const near = Array.from(answer.similar.items, (item, n) => ({ item, similarity: answer.similar.scores[n]! })).filter((n) => n.similarity > 0 && has.has(n.item));
      set({ list: list!, near: near.slice(0, NEAREST) });
    } catch (error) {
      set(messageOf(error));
    }
  };
  return (
    <>
      <Card title={`Who would like “${clip(title, 60)}” most`} aside={`place in their list, the model’s score · ${answer.inTop === 0 ? 'in nobody’s first ten' : `in the first ten of ${count(answer.inTop)}`} of ${plural(answer.asked, 'user')}`} padded={false}>
        <ol className={listCss.rows} aria-label="Users who would like it most">
          {answer.users.map(({ user, rank, score: s }) => (
            <li key={user}>
              <button type="button" className={css.userRow} aria-expanded={shown === user} onClick={() => void open(user, rank)}>
                <span className={listCss.place}>{count(rank)}</span>
                <span className={listCss.what}>
                  <span className={listCss.title}>{clip(labelOf(data.users, user), 70)}</span>
                  <span className={listCss.second}>{plural(served.userDegree[user] ?? 0, 'train item')}</span>
                </span>
                <span className={listCss.figure}>{score(s)}</span>
              </button>
              {shown === user && (
                <div className={whyCss.why}>
                  <WhyThey opened={opened[user]} data={data}>
                    {(list) => <Around list={list} rank={rank} title={title} value={s} data={data} served={served} />}
                  </WhyThey>
                  <Button variant="default" onClick={() => writeAddress({ tab: 'person', runs, user: data.users.ids[user]!, why: {} })}>Open this person</Button>
                </div>
              )}
            </li>
          ))}
        </ol>
      </Card>
      <Card title="Its neighbours" aside={<>by what the model compares items by <Button variant="subtle" className={shared.more} onClick={onMap}>Show them on the map</Button></>} padded={false}>
        <ol className={listCss.rows} aria-label="Items it is most like">
          {neighbours.map((i, n) => (
            <li key={i} className={css.near}>
              <span className={listCss.figure}>{rate(answer.similar.scores[n]!, 3)}</span>
              <span className={listCss.what}>
                <span className={listCss.title}>{clip(itemLabel(data.items, i))}</span>
                <span className={listCss.second}>{secondLine(data.items, i)}</span>
              </span>
              <SliceBadge temperature={served.temperature[i] ?? 0} />
            </li>
          ))}
        </ol>
      </Card>
      <Reading>
        “{clip(title, 60)}” would be among the first ten of {answer.inTop === 0 ? 'none' : count(answer.inTop)} of {plural(answer.asked, 'user')}{answer.inTop > 0 && ` (${percent(answer.inTop / Math.max(1, answer.asked))})`}
        {best ? `, and stands highest for ${clip(labelOf(data.users, best.user), 40)} (rank ${count(best.rank)})` : ''}
        {nearest === undefined ? '.' : `; it is most like “${clip(itemLabel(data.items, nearest), 60)}”.`} {note}
      </Reading>
    </>
  );
}

/** What of their history speaks for it, and the place it would take. */
function WhyThey({ opened, data, children }: { opened: Opened | string | undefined; data: DataSet; children: (list: ServedList) => ReactNode }) {
  if (opened === undefined) return <output>Making their list…</output>;
  if (typeof opened === 'string') return <output>{opened}</output>;
  return (
    <>
      <div>
        <h3>Nearest to it in their history</h3>
        {opened.near.length === 0 ? (
          <p>Nothing they have is much like it: its place comes from what the model knows of them as a whole.</p>
        ) : (
          <ul>
            {opened.near.map(({ item, similarity }) => (
              <li key={item}>
                <span className={listCss.figure}>{rate(similarity, 3)}</span> <span>{clip(itemLabel(data.items, item), 60)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h3>Its place in their list</h3>
        {children(opened.list)}
      </div>
    </>
  );
}

/** The part of a user's list around the place the new item would take. */
function Around({ list, rank, title, value, data, served }: { list: ServedList; rank: number; title: string; value: number; data: DataSet; served: Served }) {
  // Ties stand above the new item, so it comes right before rank `rank` of the items there are.
  const from = Math.max(0, rank - 4);
  const above = Array.from(list.items.subarray(from, rank - 1), (item, n) => ({ item, place: from + n + 1, s: list.scores[from + n]! }));
  const below = Array.from(list.items.subarray(rank - 1, rank + 2), (item, n) => ({ item, place: rank + n + 1, s: list.scores[rank - 1 + n]! }));
  const line = ({ item, place, s }: (typeof above)[number]): React.ReactNode => (
    <li key={item}>
      <span className={listCss.place}>{place}</span> <span>{clip(itemLabel(data.items, item), 60)}</span> <span className={listCss.figure}>{score(s)}</span> <SliceBadge temperature={served.temperature[item] ?? 0} />
    </li>
  );
  return (
    <ul aria-label="Their list around the new item">
      {above.map(line)}
      <li>
        <span className={listCss.place}>{rank}</span> <b>{clip(title, 60)}</b> <span className={listCss.figure}>{score(value)}</span> <SliceBadge temperature={2} />
      </li>
      {below.map(line)}
    </ul>
  );
}
