import { SegmentedControl, Select } from '@mantine/core';
import { setFileRole, setReadOptions } from '../../app/data';
import type { FileMapping } from '../../app/data-mapping';
import { Card } from '../../ui/Card';
import { bytes, plural } from '../../ui/format';
import type { FileRole, InspectedFile } from '../../../workers/protocol';
import { MappingColumns } from './MappingColumns';
import { asSentence, DELIMITERS, ENCODINGS, FILE_ROLES } from './words';
import css from './MappingFile.module.css';

const roleOptions = (file: InspectedFile): { value: FileRole; label: string }[] =>
  (Object.keys(FILE_ROLES) as FileRole[]).filter((r) => r !== 'test' || file.role === 'test').map((value) => ({ value, label: FILE_ROLES[value] }));

/** A detected value that is not in the usual list must still be shown as chosen. */
const withOwn = (options: { value: string; label: string }[], own: string): { value: string; label: string }[] =>
  options.some((o) => o.value === own) ? options : [{ value: own, label: own }, ...options];

/** One file: its role, how its text is read, and its columns over the first rows. */
export function MappingFile({ file, chosen, busy, loading }: { file: InspectedFile; chosen: FileMapping; busy: boolean; loading: boolean }) {
  const { options } = chosen;
  const encoding = (options.encoding ?? file.encoding).toLowerCase();
  const delimiter = options.delimiter ?? file.delimiter;
  const header = options.header ?? file.header;
  return (
    <Card title={file.name} aside={`${bytes(file.bytes)} · ${plural(file.columns.length, 'column')}`} padded={false}>
      <div className={css.options}>
        <Select
          label="This file holds"
          data={roleOptions(file)}
          value={chosen.role}
          onChange={(role) => role && setFileRole(file.key, role as FileRole)}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
          aria-label={`What ${file.name} holds`}
          className={css.role}
        />
        {file.delimiter !== '' && <>
        <Select
          label="Separated by"
          data={withOwn(DELIMITERS, delimiter)}
          value={delimiter}
          onChange={(d) => d && void setReadOptions(file.key, { ...options, delimiter: d })}
          allowDeselect={false}
          disabled={busy}
          aria-label={`What separates the fields of ${file.name}`}
          className={css.small}
        />
        <Select
          label="Encoding"
          data={withOwn(ENCODINGS.map((e) => ({ value: e, label: e })), encoding)}
          value={encoding}
          onChange={(e) => e && void setReadOptions(file.key, { ...options, encoding: e })}
          allowDeselect={false}
          searchable
          disabled={busy}
          aria-label={`Encoding of ${file.name}`}
          className={css.small}
        />
        <div className={css.header}>
          <span id={`header-${file.key}`}>First line</span>
          <SegmentedControl
            aria-labelledby={`header-${file.key}`}
            data={[
              { value: 'yes', label: 'names' },
              { value: 'no', label: 'data' },
            ]}
            value={header ? 'yes' : 'no'}
            onChange={(v) => void setReadOptions(file.key, { ...options, header: v === 'yes' })}
            disabled={busy}
          />
        </div>
        </>}
        <p className={css.reason}>
          {loading ? 'Reading the beginning again…' : `${chosen.role === file.role ? `${asSentence(file.roleReason)} ` : 'You chose what it holds. '}${asSentence(file.encodingReason)}`}
        </p>
      </div>
      {chosen.role !== 'ignore' && <MappingColumns file={file} chosen={chosen} />}
    </Card>
  );
}
