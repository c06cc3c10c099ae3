import { Button, CloseButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import type { DataSet } from '../../core/dataset';
import { createRandom } from '../../core/random';
import { Card } from '../../ui/Card';
import { count, plural } from '../../ui/format';
import { writeAddress, type Address } from './address';
import { EntityPicker } from './EntityPicker';
import { clip, itemLabel, secondLine } from './item-words';
import { ListControls } from './ListControls';
import { ListsView } from './ListsView';
import type { Model } from './use-models';
import listCss from './list-card.module.css';
import shared from './recommend.module.css';
import css from './new-user.module.css';

const OFFERED = 12;

/** Somebody who is not in the data: a few items are clicked, and the lists follow at once. */
export function NewUserTab({ data, models, address }: { data: DataSet; models: readonly Model[]; address: Address }) {
  const index = useMemo(() => new Map(data.items.ids.map((id, i) => [id, i])), [data]);
  const history = useMemo(() => address.have.flatMap((id) => index.get(id) ?? []), [address.have, index]);
  const has = useMemo(() => new Set(history), [history]);
  const served = models.find((m) => m.served)?.served ?? null;
  const [shuffle, setShuffle] = useState(0);
  // Half that many know, half at random: a taste can be clicked together without knowing any name.
  const offered = useMemo(() => {
    const I = data.items.ids.length;
    const all = Array.from({ length: I }, (_, i) => i).filter((i) => !has.has(i));
    const random = createRandom(shuffle, 'offer');
    const known = served ? [...all].sort((a, b) => served.itemDegree[b]! - served.itemDegree[a]! || a - b).slice(0, 60) : all;
    const picked = new Set(random.shuffle(known).slice(0, OFFERED / 2));
    for (const i of random.shuffle(all)) {
      if (picked.size >= OFFERED) break;
      picked.add(i);
    }
    return [...picked];
    // What is offered stays while one clicks; it changes on "Others" and with the data.
    // oxlint-disable-next-line react/exhaustive-deps -- has is read when the offer is made, not followed
  }, [data, served, shuffle]);
  const set = (items: number[]): void => writeAddress({ have: items.map((i) => data.items.ids[i]!) });
  const add = (i: number): void => {
    if (!has.has(i)) set([...history, i]);
  };
  useScreenCommands([
    { id: 'new user others', group: 'Recommend', label: 'Offer the new user other items', run: () => setShuffle(shuffle + 1) },
    ...(history.length > 0 ? [{ id: 'new user clear', group: 'Recommend', label: 'Start over with the new user', keywords: ['clear'], run: () => set([]) }] : []),
  ]);
  const key = history.join(',');
  const person = useMemo(() => ({ history: key === '' ? [] : key.split(',').map(Number) }), [key]);
  return (
    <div className={shared.page}>
      <Card title="Somebody new" className={shared.form}>
        <EntityPicker label="Add an item" placeholder={`One of ${count(data.items.ids.length)} items`} table={data.items} value={null} onPick={add} except={has} />
        {history.length > 0 ? (
          <div>
            <span className={shared.label}>{plural(history.length, 'item')} so far</span>
            <ul className={css.have} aria-label="Items of the new user">
              {history.map((i) => (
                <li key={i}>
                  <span title={itemLabel(data.items, i)}>{clip(itemLabel(data.items, i), 44)}</span>
                  <CloseButton size="sm" aria-label={`Remove ${clip(itemLabel(data.items, i), 44)}`} onClick={() => set(history.filter((h) => h !== i))} />
                </li>
              ))}
            </ul>
            <Button variant="subtle" className={shared.more} onClick={() => set([])}>Start over</Button>
          </div>
        ) : (
          <p className={shared.hint}>Nothing yet. Click a few below, or search: each click changes the lists. Nothing is trained again.</p>
        )}
        <hr className={shared.rule} />
        <ListControls address={address} items={data.items} likeness={served?.likeness ?? null} models={models} />
      </Card>
      <div className={shared.right}>
        <Card title="Would they like any of these?" aside={<Button variant="subtle" className={shared.more} onClick={() => setShuffle(shuffle + 1)}>Others</Button>}>
          <ul className={css.offer} aria-label="Items to click">
            {offered.map((i) => (
              <li key={i}>
                <button type="button" className={css.offerItem} aria-pressed={has.has(i)} onClick={() => (has.has(i) ? set(history.filter((h) => h !== i)) : add(i))}>
                  <span className={listCss.title}>{clip(itemLabel(data.items, i), 60)}</span>
                  <span className={listCss.second}>{secondLine(data.items, i)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Card>
        {history.length > 0 ? (
          <ListsView models={models} person={person} who="somebody new" address={address} data={data} />
        ) : (
          <p className={shared.hint}>The lists appear with the first item.</p>
        )}
      </div>
    </div>
  );
}
