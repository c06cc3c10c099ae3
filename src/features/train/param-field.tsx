/** One form field per parameter, from its declaration alone. */
import { Input, MultiSelect, NumberInput, SegmentedControl, Select, Slider, Switch, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { chosenColumns, type IntParam, type NumberParam, type ParamSpec, type ParamValue } from '../../core/params';
import { messageOf } from '../../core/problem';
import { Help } from '../../ui/Help';
import { MembersField } from './members';
import { fromPlace, numberText, STEPS, toPlace } from './slider-scale';
import css from './train.module.css';

export interface ParamFieldProps {
  name: string;
  spec: ParamSpec;
  value: ParamValue;
  error?: string;
  disabled?: boolean;
  /** Columns a 'columns' parameter may name. */
  columns: readonly string[];
  onChange: (value: ParamValue) => void;
}

export function FieldLabel({ htmlFor, id, label, help }: { htmlFor?: string; id?: string; label: string; help?: string }) {
  return (
    <div className={css.fieldLabel}>
      {htmlFor ? <label htmlFor={htmlFor}>{label}</label> : <span id={id}>{label}</span>}
      {help && <Help term={label}>{help}</Help>}
    </div>
  );
}

export function ParamField(props: ParamFieldProps) {
  const { spec, value, error, onChange, disabled } = props;
  const id = useId();
  switch (spec.kind) {
    case 'int':
    case 'number':
      return <NumberField {...props} spec={spec} />;
    case 'toggle':
      return (
        <div className={css.toggle}>
          <Switch id={id} label={spec.label} checked={value === true} disabled={disabled} onChange={(e) => onChange(e.currentTarget.checked)} />
          <Help term={spec.label}>{spec.help}</Help>
        </div>
      );
    case 'choice': {
      const data = spec.options.map((o) => ({ value: o.value, label: o.label }));
      const chosen = spec.options.find((o) => o.value === value);
      const short = spec.options.length <= 3 && spec.options.reduce((n, o) => n + o.label.length, 0) <= 30;
      return (
        <div>
          <FieldLabel {...(short ? { id } : { htmlFor: id })} label={spec.label} help={[spec.help, ...spec.options.flatMap((o) => (o.help ? [`${o.label}: ${o.help}`] : []))].join(' ')} />
          {short ? (
            <SegmentedControl aria-labelledby={id} fullWidth data={data} value={String(value)} disabled={disabled} onChange={onChange} />
          ) : (
            <Select id={id} data={data} value={chosen ? String(value) : null} disabled={disabled} error={error} allowDeselect={false} onChange={(v) => v !== null && onChange(v)} />
          )}
        </div>
      );
    }
    case 'members':
      return <MembersField label={<FieldLabel label={spec.label} help={spec.help} />} value={String(value)} error={error} disabled={disabled} onChange={onChange} />;
    case 'columns':
      return <ColumnsField {...props} />;
  }
}

/** Slider and box, one value. What is typed stays as typed until it is a number; then the card's limits are checked. */
function NumberField({ spec, value, error, disabled, onChange }: Omit<ParamFieldProps, 'spec'> & { spec: IntParam | NumberParam }) {
  const id = useId();
  const n = typeof value === 'number' ? value : Number(value);
  const usable = Number.isFinite(n) && String(value).trim() !== '';
  const [typed, setTyped] = useState<string | null>(null);
  // Another preset or a dragged slider replaces what was typed.
  const asTyped = typed !== null && (!usable || Number(typed) === n) ? typed : null;
  return (
    <div>
      <FieldLabel htmlFor={id} label={spec.label} help={`${spec.help} From ${numberText(spec.min)} to ${numberText(spec.max)}.`} />
      <div className={css.sliderRow}>
        <Slider
          thumbLabel={`${spec.label}, slider`}
          min={0}
          max={STEPS}
          step={5}
          scale={(place) => fromPlace(spec, place)}
          label={null}
          disabled={disabled}
          value={usable ? toPlace(spec, n) : 0}
          onChange={(place) => onChange(fromPlace(spec, place))}
        />
        <TextInput
          id={id}
          inputMode={spec.kind === 'int' ? 'numeric' : 'decimal'}
          classNames={{ input: css.numberBox }}
          disabled={disabled}
          error={Boolean(error)}
          aria-describedby={error ? `${id}-error` : undefined}
          value={asTyped ?? (usable ? numberText(n) : String(value))}
          onChange={(e) => {
            const text = e.currentTarget.value;
            setTyped(text);
            const next = Number(text);
            onChange(text.trim() !== '' && Number.isFinite(next) ? next : text);
          }}
          onBlur={() => setTyped(null)}
          onKeyDown={(e) => {
            if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return;
            e.preventDefault();
            setTyped(null);
            onChange(nudge(spec, usable ? n : spec.default, e.key === 'ArrowUp' ? 1 : -1, e.shiftKey));
          }}
        />
      </div>
      {error && (
        <Input.Error id={`${id}-error`} mt={4}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}

/** Arrow keys: one for whole numbers (ten with Shift), else a fiftieth of the slider. */
function nudge(spec: IntParam | NumberParam, from: number, direction: 1 | -1, wide: boolean): number {
  if (spec.kind === 'int' && spec.scale !== 'log') return Math.min(spec.max, Math.max(spec.min, from + direction * (wide ? 10 : 1)));
  const next = fromPlace(spec, toPlace(spec, from) + direction * STEPS * (wide ? 0.1 : 0.02));
  if (next !== from) return next;
  return Math.min(spec.max, Math.max(spec.min, spec.kind === 'int' ? from + direction : from));
}

function ColumnsField({ spec, value, columns, disabled, error, onChange }: ParamFieldProps) {
  const id = useId();
  const all = value === '*';
  let chosen: string[] = [];
  let missing: string | null = null;
  try {
    chosen = chosenColumns(String(value), columns);
  } catch (e) {
    missing = messageOf(e);
    chosen = String(value).split(',').map((s) => s.trim()).filter((s) => columns.includes(s));
  }
  if (columns.length === 0) {
    return (
      <div>
        <FieldLabel id={id} label={spec.label} help={spec.help} />
        <p className={css.hint}>This data set has no categorical columns here, so there is nothing to choose.</p>
      </div>
    );
  }
  return (
    <div>
      <FieldLabel htmlFor={id} label={spec.label} help={spec.help} />
      <Switch className={css.allColumns} label={`All ${columns.length}`} aria-label={`${spec.label}: all columns`} checked={all} disabled={disabled} onChange={(e) => onChange(e.currentTarget.checked ? '*' : columns.join(','))} />
      <MultiSelect id={id} data={[...columns]} value={chosen} disabled={disabled || all} placeholder={chosen.length ? undefined : 'none'} clearable error={error ?? missing} onChange={(list) => onChange(list.join(','))} />
    </div>
  );
}

/** A whole number of the experiment itself (seed, patience). */
export function WholeNumber({ label, help, value, min, max, disabled, onChange }: { label: string; help: string; value: number; min: number; max: number; disabled?: boolean; onChange: (n: number) => void }) {
  const id = useId();
  return (
    <div>
      <FieldLabel htmlFor={id} label={label} help={help} />
      <NumberInput id={id} value={value} min={min} max={max} allowDecimal={false} clampBehavior="strict" disabled={disabled} onChange={(v) => typeof v === 'number' && Number.isInteger(v) && onChange(v)} />
    </div>
  );
}
