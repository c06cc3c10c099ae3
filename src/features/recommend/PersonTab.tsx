import { Button, Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import { labelOf, type DataSet } from '../../core/dataset';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { count, plural } from '../../ui/format';
import { writeAddress, type Address } from './address';
import { EntityPicker } from './EntityPicker';
import { HistoryCard, useHistory } from './HistoryCard';
import { clip } from './item-words';
import { ListControls } from './ListControls';
import { ListsView } from './ListsView';
import { biggestLosers } from './losers';
import type { Model } from './use-models';
import css from './recommend.module.css';

/** Somebody of the data: their history, and what each model would say to them. */
export function PersonTab({ data, models, address }: { data: DataSet; models: readonly Model[]; address: Address }) {
  const index = useMemo(() => new Map(data.users.ids.map((id, u) => [id, u])), [data]);
  const named = address.user === null ? undefined : index.get(address.user);
  const user = named ?? null;
  const served = models.find((m) => m.served && m.state.status === 'open')?.served ?? null;
  const history = useHistory(served, user);
  const pick = (u: number): void => writeAddress({ user: data.users.ids[u]!, why: {} });
  const person = useMemo(() => (user === null ? null : { user }), [user]);
  const who = user === null ? '' : `${labelOf(data.users, user)}${labelOf(data.users, user) === data.users.ids[user] ? '' : ` (${data.users.ids[user]!})`}`;
  return (
    <div className={css.page}>
      <Card title="Person" className={css.form}>
        <EntityPicker label="Find by name or id" placeholder={`One of ${count(data.users.ids.length)} users`} table={data.users} value={user} onPick={pick} />
        <Finders data={data} models={models} user={user} onPick={pick} />
        {user !== null && <Facts data={data} user={user} />}
        <hr className={css.rule} />
        <ListControls address={address} items={data.items} likeness={served?.likeness ?? null} models={models} />
      </Card>
      <div className={css.right}>
        {address.user !== null && named === undefined && <output className={css.hint}>There is no user “{clip(address.user, 40)}” in this data. Choose another.</output>}
        {user === null || !person ? (
          <EmptyState
            title="Whom shall it recommend to?"
            text="Search by name or id, take somebody at random, or somebody the models know little about. History, lists and reasons follow."
            action={<Button onClick={() => pick(Math.floor(Math.random() * data.users.ids.length))}>Somebody at random</Button>}
          />
        ) : (
          <>
            {served && history && <HistoryCard history={history} served={served} items={data.items} />}
            <ListsView models={models} person={person} who={who} address={address} data={data} />
          </>
        )}
      </div>
    </div>
  );
}

/** Ways to come across somebody worth looking at. */
function Finders({ data, models, user, onPick }: { data: DataSet; models: readonly Model[]; user: number | null; onPick: (u: number) => void }) {
  const [turn, setTurn] = useState(0);
  const served = models.find((m) => m.served)?.served ?? null;
  const order = useMemo(() => (served ? Array.from(served.userDegree.keys()).sort((a, b) => served.userDegree[a]! - served.userDegree[b]! || a - b) : []), [served]);
  const U = data.users.ids.length;
  const next = (from: readonly number[]): void => {
    onPick(from[turn % Math.min(from.length, 20)]!);
    setTurn(turn + 1);
  };
  const atRandom = (): void => onPick((Math.floor(Math.random() * (U - 1)) + (user ?? 0) + 1) % U);
  useScreenCommands([
    { id: 'person random', group: 'Recommend', label: 'Somebody at random', run: atRandom },
    ...(order.length === 0
      ? []
      : [
          { id: 'person cold', group: 'Recommend', label: 'Somebody with few train items', keywords: ['cold start'], run: () => next(order) },
          { id: 'person warm', group: 'Recommend', label: 'Somebody with many train items', keywords: ['knows much'], run: () => next([...order].reverse()) },
        ]),
  ]);
  const pairs = models.flatMap((a) => models.filter((b) => b !== a).map((b) => ({ a, b })));
  return (
    <div className={css.finders}>
      <Button variant="default" onClick={atRandom}>At random</Button>
      <Button variant="default" disabled={order.length === 0} onClick={() => next(order)} title="One of the twenty users with the fewest train items">Cold start</Button>
      <Button variant="default" disabled={order.length === 0} onClick={() => next([...order].reverse())} title="One of the twenty users with the most train items">Knows much</Button>
      {pairs.length > 0 && served && (
        <Menu position="bottom-start" width={320}>
          <Menu.Target>
            <Button variant="default">Biggest loser…</Button>
          </Menu.Target>
          <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
            {pairs.map(({ a, b }) => {
              const losers = biggestLosers(a.run, b.run, 3);
              const title = `From ${clip(a.run.name, 36)} to ${clip(b.run.name, 36)}`;
              return (
                <div key={`${a.run.id} ${b.run.id}`}>
                  <Menu.Label>{title}</Menu.Label>
                  {losers === null ? (
                    <Menu.Item disabled>Their test ranks cannot be compared user by user</Menu.Item>
                  ) : losers.length === 0 ? (
                    <Menu.Item disabled>Nobody loses</Menu.Item>
                  ) : (
                    losers.map((l) => {
                      const u = served.testUsers[l.place];
                      return u === undefined ? null : (
                        <Menu.Item key={l.place} onClick={() => onPick(u)}>
                          {clip(labelOf(data.users, u), 40)}: rank {count(l.before)} → {l.after === 0 ? 'none' : count(l.after)}
                        </Menu.Item>
                      );
                    })
                  )}
                </div>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
      {served && user !== null && <span className={css.hint}>{plural(served.userDegree[user] ?? 0, 'train item')}; the median user has {count(served.userDegree[order[order.length >> 1] ?? 0] ?? 0)}.</span>}
    </div>
  );
}

/** What the user table says about them. */
function Facts({ data, user }: { data: DataSet; user: number }) {
  const facts = data.users.columns.flatMap((c): [string, string][] => {
    if (c.name === data.users.label) return [];
    if (c.kind === 'categorical') return c.codes[user]! >= 0 ? [[c.name, c.levels[c.codes[user]!]!]] : [];
    if (c.kind === 'numeric') return Number.isNaN(c.values[user]!) ? [] : [[c.name, String(Number(c.values[user]!.toPrecision(6)))]];
    return [];
  });
  if (facts.length === 0) return null;
  return (
    <dl className={css.facts2}>
      {facts.slice(0, 6).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd title={value}>{clip(value, 40)}</dd>
        </div>
      ))}
    </dl>
  );
}
