/** Settings that are not the same in all runs set side by side. */
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import css from '../compare.module.css';
import type { SettingRow } from '../setting-words';

export function ConfigDiff({ rows, ids, names, same }: { rows: readonly SettingRow[]; ids: readonly string[]; names: readonly string[]; /** Said where nothing differs. */ same: string }) {
  return (
    <Card title="Settings that differ" aside={rows.length ? `${rows.length} of them` : undefined} padded={rows.length === 0}>
      {rows.length === 0 ? (
        same
      ) : (
        <DataTable
          caption="Settings that differ between the chosen runs"
          maxHeight={320}
          columns={[{ key: 'name', label: 'Setting' }, ...ids.map((id, k) => ({ key: id, label: names[k]!, align: 'left' as const }))]}
          rows={rows.map((row) => ({ name: <>{row.label} <small className={css.faint}>{row.part}</small></>, ...Object.fromEntries(ids.map((id, k) => [id, row.values[k] ?? '–'])) }))}
        />
      )}
    </Card>
  );
}
