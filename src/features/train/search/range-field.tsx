/** One parameter of the search form: searched or not, and between which values. */
import { Checkbox, Input, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { RangeField as Field } from '../../../app/search/search-form';
import type { ParamSpec, ParamValue } from '../../../core/params';
import { Help } from '../../../ui/Help';
import { numberText } from '../slider-scale';
import { valueText } from './words';
import css from './search.module.css';

interface RangeFieldProps {
  model: string;
  name: string;
  spec: ParamSpec;
  field: Field;
  /** What it stays at where it is not searched. */
  fixed: ParamValue | undefined;
  /** A grid takes so many values of it. */
  grid: boolean;
  /** Why it cannot be searched now. */
  locked?: string;
  error?: string | undefined;
  onChange(patch: Partial<Field>): void;
}

export function RangeField({ model, name, spec, field, fixed, grid, locked, error, onChange }: RangeFieldProps) {
  const id = useId();
  const numeric = spec.kind === 'int' || spec.kind === 'number';
  const all = spec.kind === 'choice' ? spec.options.map((o) => o.value) : ['false', 'true'];
  const on = field.on && !locked;
  const number = (part: 'min' | 'max' | 'steps', label: string) => (
    <TextInput
      aria-label={`${spec.label}: ${label}`}
      aria-describedby={error ? `${id}-error` : undefined}
      classNames={{ input: css.number }}
      inputMode={spec.kind === 'number' && part !== 'steps' ? 'decimal' : 'numeric'}
      value={field[part]}
      error={Boolean(error)}
      onChange={(e) => onChange({ [part]: e.currentTarget.value })}
    />
  );
  return (
    <div className={css.param}>
      <div className={css.paramHead}>
        <Checkbox size="xs" label={spec.label} checked={on} disabled={Boolean(locked)} onChange={(e) => onChange({ on: e.currentTarget.checked })} />
        <Help term={spec.label}>
          {spec.help} {numeric ? `From ${numberText(spec.min)} to ${numberText(spec.max)}${spec.scale === 'log' ? ', searched by ratio' : ''}.` : ''}
        </Help>
        {!on && <span className={css.fixed}>{locked ?? `stays at ${valueText(model, name, fixed)}`}</span>}
      </div>
      {on && numeric && (
        <div className={css.range}>
          {number('min', 'least')}
          <span>to</span>
          {number('max', 'most')}
          {grid && (
            <>
              <span>in</span>
              {number('steps', 'values of the grid')}
            </>
          )}
        </div>
      )}
      {on && !numeric && (
        <Checkbox.Group value={field.values} onChange={(values) => onChange({ values })} aria-label={`${spec.label}: values to try`}>
          <div className={css.values}>
            {all.map((v) => (
              <Checkbox key={v} size="xs" value={v} label={valueText(model, name, spec.kind === 'toggle' ? v === 'true' : v)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {error && on && (
        <Input.Error id={`${id}-error`} mt={4}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
