import { Select } from '@mantine/core';
import { setColumnRole } from '../../app/data';
import { COLUMNS_SHOWN, rolesFor, type FileMapping } from '../../app/data-mapping';
import { count } from '../../ui/format';
import type { ColumnRole, InspectedFile } from '../../../workers/protocol';
import { asSentence, COLUMN_ROLES } from './words';
import css from './MappingColumns.module.css';

const PREVIEW_ROWS = 5;

/** The first rows as a table; above each column its meaning and why that was guessed. */
export function MappingColumns({ file, chosen }: { file: InspectedFile; chosen: FileMapping }) {
  const columns = file.columns.slice(0, COLUMNS_SHOWN);
  const hidden = file.columns.length - columns.length;
  const options = rolesFor(chosen.role).map((value) => ({ value, label: COLUMN_ROLES[value] }));
  return (
    <section className={css.scroll} aria-label={`Columns of ${file.name}`}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={css.line}>
              <span className="visually-hidden">Line</span>
            </th>
            {columns.map((c) => {
              const role = chosen.columns[c.index] ?? 'ignore';
              return (
                <th key={c.index} scope="col" data-ignored={role === 'ignore' || undefined}>
                  <span className={css.name} title={c.name}>
                    {c.name}
                  </span>
                  <Select
                    size="xs"
                    data={options}
                    value={role}
                    onChange={(r) => r && setColumnRole(file.key, c.index, r as ColumnRole)}
                    allowDeselect={false}
                    aria-label={`Meaning of column ${c.name} in ${file.name}`}
                    comboboxProps={{ width: 190, position: 'bottom-start' }}
                    maxDropdownHeight={360}
                  />
                  <span className={css.reason}>{role === c.role ? asSentence(c.reason) : 'Chosen by you.'}</span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {file.preview.slice(0, PREVIEW_ROWS).map((row, r) => (
            // oxlint-disable-next-line react/no-array-index-key -- the preview never changes order
            <tr key={r}>
              <th scope="row" className={css.line}>
                {count(file.previewLines[r] ?? r + 1)}
              </th>
              {columns.map((c) => (
                <td key={c.index} data-ignored={(chosen.columns[c.index] ?? 'ignore') === 'ignore' || undefined} title={row[c.index]}>
                  {row[c.index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <p className={css.more}>
          {count(hidden)} more columns are not shown; they keep the meaning that was guessed{chosen.role === 'matrix' ? ': one item each' : ''}.
        </p>
      )}
    </section>
  );
}
