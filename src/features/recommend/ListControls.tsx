import { MultiSelect, SegmentedControl, Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ColumnLevel } from '../../../workers/protocol';
import type { EntityTable } from '../../core/dataset';
import { Help } from '../../ui/Help';
import { SearchControls } from './index-tab/SearchControls';
import type { Model } from './use-models';
import { LENGTHS, writeAddress, type Address } from './address';
import shared from './recommend.module.css';
import css from './list-controls.module.css';

/** Labels offered at a time. */
const LISTED = 60;
const SEPARATOR = '\u0000';
const keyOf = ({ column, level }: ColumnLevel): string => column + SEPARATOR + level;
const ofKey = (key: string): ColumnLevel => {
  const cut = key.indexOf(SEPARATOR);
  return { column: key.slice(0, cut), level: key.slice(cut + 1) };
};

const LIKENESS = { text: 'how alike their texts are', model: 'how alike the model sees them', listeners: 'how many have both' } as const;

/** How the lists are made: length, the two sliders, and labels to leave out or keep to. */
export function ListControls({ address, items, likeness, models }: { address: Address; items: EntityTable; likeness: keyof typeof LIKENESS | null; models: readonly Model[] }) {
  // Where the lists would fall below the settings they matter more: the settings open by a touch.
  const [open, setOpen] = useState(() => !matchMedia('(max-width: 1100px)').matches);
  return (
    <details className={css.howMade} open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>How the lists are made</summary>
      <div className={css.controls}>
        <SliderField
          label="Familiar or discovery" value={address.discovery} min={-100} max={100} ends={['familiar', 'discovery']} onEnd={(discovery) => writeAddress({ discovery })}
          help={
            <>
              At 0 the model decides alone. Otherwise items are ordered by z(score) − 2 δ · z(log(1 + n)), where n is how many have the item in training, z brings values to mean 0 and spread 1 over the candidates, and δ runs from −1 (familiar) to 1 (discovery).
            </>
          }
        />
        <SliderField
          label="Diversity" value={address.diversity} min={0} max={100} ends={['as scored', 'diverse']} onEnd={(diversity) => writeAddress({ diversity })}
          help={
            <>
              Maximal marginal relevance: of the best 100 (or 5 times the list), items are taken one by one by the largest (1 − λ) · relevance − λ · likeness to the nearest item above. λ is this slider; relevance is the score from 0 to 1 within those 100; likeness here: {likeness ? LIKENESS[likeness] : 'text, else the model, else shared users'}.
            </>
          }
        />
        <div>
          <span className={shared.label} id="list-length">Length of a list</span>
          <SegmentedControl fullWidth aria-labelledby="list-length" data={LENGTHS.map(String)} value={String(address.k)} onChange={(v) => writeAddress({ k: Number(v) })} />
        </div>
        <LevelPicker label="Leave out" placeholder="An artist, a tag, …" items={items} value={address.without} onChange={(without) => writeAddress({ without })} />
        <LevelPicker label="Only" placeholder="Everything" items={items} value={address.only} onChange={(only) => writeAddress({ only })} />
        <SearchControls models={models} raw={address.search} n={items.ids.length} />
      </div>
    </details>
  );
}

interface SliderFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  ends: [string, string];
  help: React.ReactNode;
  onEnd: (value: number) => void;
}

function SliderField({ label, value, min, max, ends, help, onEnd }: SliderFieldProps) {
  const id = label.replaceAll(' ', '-');
  return (
    <div>
      <span className={shared.label}>
        {label} <Help term={label}>{help}</Help>
        <b>{value < 0 ? `−${-value}` : min < 0 && value > 0 ? `+${value}` : value}</b>
      </span>
      <Slider min={min} max={max} step={5} value={value} onChange={onEnd} label={null} styles={min < 0 ? { bar: { display: 'none' } } : {}} thumbProps={{ 'aria-label': label }} thumbLabel={label} marks={min < 0 ? [{ value: 0 }] : []} aria-describedby={id} />
      <span className={css.ends} id={id}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </span>
    </div>
  );
}

/** Labels of every item column, found by typing; columns and labels with the same words stand apart by group. */
function LevelPicker({ label, placeholder, items, value, onChange }: { label: string; placeholder: string; items: EntityTable; value: ColumnLevel[]; onChange: (v: ColumnLevel[]) => void }) {
  const [search, setSearch] = useState('');
  const columns = useMemo(() => items.columns.filter((c) => c.kind === 'categorical' || c.kind === 'tags'), [items]);
  const groups = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const each = Math.max(8, Math.floor(LISTED / Math.max(1, columns.length)));
    return columns.map((c) => {
      const chosen = value.filter((v) => v.column === c.name).map((v) => v.level);
      const found = new Set(chosen);
      for (const level of c.levels) {
        if (found.size >= each + chosen.length) break;
        if (level.toLowerCase().includes(wanted)) found.add(level);
      }
      return { group: c.name, items: [...found].map((level) => ({ value: keyOf({ column: c.name, level }), label: level.length > 60 ? `${level.slice(0, 60)}…` : level || '(empty)' })) };
    });
  }, [columns, search, value]);
  if (columns.length === 0) return null;
  return (
    <MultiSelect
      label={label} placeholder={value.length === 0 ? placeholder : undefined} data={groups} value={value.map(keyOf)} onChange={(keys) => onChange(keys.map(ofKey))}
      searchable clearable searchValue={search} onSearchChange={setSearch} filter={({ options }) => options} nothingFoundMessage="No such label" maxDropdownHeight={300} hidePickedOptions
      clearButtonProps={{ 'aria-label': `Clear "${label}"` }}
    />
  );
}
