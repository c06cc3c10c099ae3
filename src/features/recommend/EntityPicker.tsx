import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { labelOf, type EntityTable } from '../../core/dataset';

/** Options listed at a time; the rest is found by typing. */
const LISTED = 40;

export interface EntityPickerProps {
  label: string;
  placeholder: string;
  table: EntityTable;
  /** Index, null for none. */
  value: number | null;
  onPick: (index: number) => void;
  /** Indices not offered. */
  except?: ReadonlySet<number>;
  description?: string;
}

/** One row of a table, found by its label or its id; a hundred thousand rows are searched without being listed. */
export function EntityPicker({ label, placeholder, table, value, onPick, except, description }: EntityPickerProps) {
  const [search, setSearch] = useState('');
  const labels = useMemo(() => table.ids.map((_, i) => labelOf(table, i)), [table]);
  const sought = useMemo(() => labels.map((l, i) => `${l}\u0000${table.ids[i]!}`.toLowerCase()), [labels, table]);
  const own = value === null ? null : entityName(labels[value] ?? '', table.ids[value] ?? '');
  const options = useMemo(() => {
    const wanted = search === own ? '' : search.trim().toLowerCase();
    const found: { value: string; label: string }[] = [];
    const add = (i: number): void => void found.push({ value: String(i), label: entityName(labels[i]!, table.ids[i]!) });
    if (value !== null) add(value);
    // An exact id first: somebody who types 17 means user 17.
    for (let i = 0; i < sought.length && wanted !== ''; i++) if (i !== value && table.ids[i]!.toLowerCase() === wanted && !except?.has(i)) add(i);
    for (let i = 0; i < sought.length && found.length < LISTED; i++) {
      if (i !== value && !except?.has(i) && sought[i]!.includes(wanted) && !(wanted !== '' && table.ids[i]!.toLowerCase() === wanted)) add(i);
    }
    return found;
  }, [search, own, value, labels, sought, table, except]);
  return (
    <Select
      label={label}
      description={description}
      placeholder={placeholder}
      searchable
      data={options}
      filter={({ options: all }) => all}
      value={value === null ? null : String(value)}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={(v) => {
        if (v === null) return;
        onPick(Number(v));
        if (value === null) setSearch('');
      }}
      nothingFoundMessage="Nothing by that name or id"
      maxDropdownHeight={320}
      allowDeselect={false}
    />
  );
}

/** A label with its id where the two differ: labels repeat, ids do not. Long ones are cut for lists. */
function entityName(label: string, id: string): string {
  const short = label.length > 80 ? `${label.slice(0, 80)}…` : label;
  return label === id ? short : `${short} · ${id}`;
}
