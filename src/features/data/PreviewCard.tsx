import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import type { DataSet } from '../../core/dataset';
import type { LoneTable } from '../../core/lone-table';
import { setQuery, useQuery } from '../../app/url';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { count, percent } from '../../ui/format';
import { previewOf, ROWS_SHOWN, TABS, type Tab } from './table-rows';
import css from './PreviewCard.module.css';

const LABEL: Record<Tab, string> = { interactions: 'Interactions', users: 'Users', items: 'Items' };

/** The frozen data set as it will be trained on: its columns with what is missing, and its first rows. `only` where there is one table. */
export function PreviewCard({ data, only }: { data: DataSet; only?: LoneTable }) {
  const query = useQuery();
  const asked = query.get('table');
  const tab: Tab = only ?? TABS.find((t) => t === asked) ?? 'interactions';
  const table = useMemo(() => previewOf(data, tab), [data, tab]);
  return (
    <Card padded={false}>
      <Tabs value={tab} onChange={(t) => setQuery({ table: t === 'interactions' ? null : t })} classNames={{ list: css.tabs, tab: css.tab }} keepMounted={false}>
        <Tabs.List aria-label="Which table">
          {(only ? [only] : TABS).map((t) => (
            <Tabs.Tab key={t} value={t}>
              {LABEL[t]}
            </Tabs.Tab>
          ))}
          <span className={css.total}>{table.total > ROWS_SHOWN ? `first ${count(ROWS_SHOWN)} of ${count(table.total)}` : `all ${count(table.total)}`}</span>
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <div className={css.panel}>
                  {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
            <section className={css.columns} aria-label="Columns" tabIndex={0}>
              <ul>
              {table.facts.map((f) => (
                <li key={f.name}>
                  <span className={css.name} title={f.name}>
                    {f.name}
                  </span>
                  <span className={css.kind}>{f.kind}</span>
                  <span className={css.detail}>{f.detail}</span>
                  <span className={css.missing}>{f.missing === 0 ? 'complete' : `${percent(f.missing)} missing`}</span>
                </li>
              ))}
              </ul>
            </section>
            <div className={css.table}>
              <DataTable columns={table.columns} rows={table.rows} caption={`${LABEL[tab]}, first rows`} maxHeight={420} />
            </div>
          </div>
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
