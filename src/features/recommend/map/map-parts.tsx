/** What stands below the map: its legend, and the selected points as a table. */
import { Card } from '../../../ui/Card';
import { DataTable } from '../../../ui/DataTable';
import { count, plural } from '../../../ui/format';
import { Mark } from '../../../ui/Mark';
import { clip } from '../item-words';
import type { Colouring } from './colours';
import css from './map.module.css';
import shared from '../recommend.module.css';

/** Each entry counts its points, and shows them alone when pressed. */
export function MapLegend({ colours, only, users, onOnly }: { colours: Colouring; only: string | null; users: boolean; onOnly: (label: string | null) => void }) {
  return (
    <ul className={css.legend} aria-label="Legend">
      {colours.legend.map((l) => (
        <li key={l.label}>
          <button type="button" aria-pressed={only === l.label} onClick={() => onOnly(only === l.label ? null : l.label)} title="Show only these">
            {l.tone ? <Mark tone={l.tone} /> : <i style={{ background: l.colour }} />} {clip(l.label, 30)} <small>{count(l.count)}</small>
          </button>
        </li>
      ))}
      {colours.group.includes(-1) && <li className={css.other}>grey: none of these</li>}
      {users && <li className={css.other}>ink: users</li>}
    </ul>
  );
}

export interface SelectedRow {
  name: string;
  kind: 'item' | 'user';
  slice: string;
  colour: string;
}

export function SelectedPoints({ rows, colour, onRow }: { rows: SelectedRow[]; colour: string; onRow: (n: number) => void }) {
  return (
    <Card title="Selected" aside={rows.length > 0 ? plural(rows.length, 'point') : undefined} padded={rows.length === 0}>
      {rows.length === 0 ? (
        <p className={shared.hint}>Click a point, search, or draw a lasso (or drag with Shift): what is selected is listed here.</p>
      ) : (
        <DataTable caption="Selected points" maxHeight={360} columns={[{ key: 'name', label: 'Name' }, { key: 'kind', label: 'Kind', align: 'left' }, { key: 'slice', label: 'Slice', align: 'left' }, { key: 'colour', label: colour, align: 'left' }]} rows={rows.map((r) => ({ ...r }))} onRow={onRow} />
      )}
    </Card>
  );
}
