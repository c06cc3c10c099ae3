import { Button, Menu } from '@mantine/core';
import { useMemo } from 'react';
import type { DataSet } from '../../core/dataset';
import type { ListOptions, ServedPerson } from '../../../workers/protocol';
import { useScreenCommands } from '../../app/commands';
import { DEFAULT_LIST } from '../../app/serve';
import { download } from '../../ui/download';
import { Reading } from '../../ui/Reading';
import { writeAddress, type Address } from './address';
import { listsToCsv, listsToJson, type ShownList } from './export';
import { useSearch } from './index-tab/use-search';
import { clip } from './item-words';
import { ListCard } from './ListCard';
import { readingOf } from './reading';
import { useLists, type Model } from './use-models';
import css from './lists-view.module.css';

export const listOptions = (a: Address): ListOptions => ({ ...DEFAULT_LIST, k: a.k, discovery: a.discovery / 100, diversity: a.diversity / 100, without: a.without, only: a.only });

/** The lists of one to three models for one person, what they say together, and a way to take them along. */
export function ListsView({ models, person, who, address, data }: { models: readonly Model[]; person: ServedPerson; who: string; address: Address; data: DataSet }) {
  const { search, again } = useSearch(models, address.search, data.items.ids.length);
  const options = useMemo(() => ({ ...listOptions(address), ...(search ? { search } : {}) }), [address, search]);
  const lists = useLists(models, person, options, again);
  const shown: ShownList[] = models.flatMap((m) => {
    const list = lists[m.run.id]?.list;
    return list && m.served ? [{ run: m.run, served: m.served, list }] : [];
  });
  const reading = shown.length > 0 ? readingOf(shown, data.items) : null;
  const save = (kind: 'csv' | 'json'): void => {
    const name = `recommendations for ${clip(who, 80)}.${kind}`;
    if (kind === 'csv') download(name, listsToCsv(shown, who, data), 'text/csv;charset=utf-8');
    else download(name, listsToJson(shown, who, data, options), 'application/json');
  };
  useScreenCommands(
    shown.length === 0
      ? []
      : [
          { id: 'lists csv', group: 'Recommend', label: 'Save these lists as CSV', keywords: ['export', 'download'], run: () => save('csv') },
          { id: 'lists json', group: 'Recommend', label: 'Save these lists as JSON', keywords: ['export', 'download'], run: () => save('json') },
        ],
  );
  return (
    <section aria-label={`Lists for ${clip(who, 80)}`} className={css.lists}>
      <div className={css.columns} data-columns={models.length}>
        {models.map((m) => (
          <ListCard
            key={m.run.id} model={m} person={person} outcome={lists[m.run.id] ?? { list: null, problem: null, stale: true }} items={data.items}
            others={shown.filter((s) => s.run.id !== m.run.id).map((s) => ({ name: s.run.name, list: s.list }))}
            adjusted={address.discovery !== 0 || address.diversity !== 0}
            shown={address.why[m.run.id] ?? null}
            onShow={(item) => {
              const { [m.run.id]: _before, ...rest } = address.why;
              writeAddress({ why: item === null ? rest : { ...rest, [m.run.id]: item } });
            }}
          />
        ))}
      </div>
      {shown.length > 0 && (
        <div className={css.under}>
          {reading && <Reading>{reading}</Reading>}
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default">Export lists</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => save('csv')}>As CSV</Menu.Item>
              <Menu.Item onClick={() => save('json')}>As JSON</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </section>
  );
}
