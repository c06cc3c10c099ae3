/** One model of the board to run: which settings, and the fields behind them. */
import { CloseButton, Collapse, Select, UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import { paramErrors } from '../../../app/train-config';
import { useWorkspace } from '../../../app/workspace';
import type { ParamSpec, ParamSpecs } from '../../../core/params';
import { ParamField } from '../../train/param-field';
import { describe, settingsOf, textOf, type Contender } from './setup';
import { cardFor, removeContender, setParam, setText, takePreset } from './store';
import panes from '../../../ui/panes.module.css';
import { vectorsLabel } from '../../../text/encoder-name';
import css from './leaderboard.module.css';

const NONE = '';

export function ModelRow({ contender: c, place }: { contender: Contender; place: number }) {
  const [open, setOpen] = useState(false);
  const data = useWorkspace((s) => s.data);
  const vectors = useWorkspace((s) => s.vectors);
  const ids = { fields: useId() };
  const card = cardFor(c.model);
  if (!card) return null;
  const specs = card.params as ParamSpecs;
  const names = [...card.main.filter((n) => n in specs), ...Object.keys(specs).filter((n) => !card.main.includes(n))] as string[];
  const errors = paramErrors(card, c.params);
  const base = settingsOf(card, c.preset);
  const changed = names.filter((n) => String(c.params[n]) !== String(base[n])).length;
  const key = textOf(card, c, vectors);
  const needsText = card.needs.text === 'required' && key === null;
  const wrong = Object.keys(errors).length > 0 || needsText;
  const shown = open || wrong;
  const name = describe(card, c.params, vectors.find((v) => v.key === key)?.column ?? null);
  return (
    <li className={css.model}>
      <div className={css.modelHead}>
        <strong>{card.name}</strong>
        {card.presets.length > 0 ? (
          <Select
            size="xs"
            className={css.preset}
            aria-label={`Settings of model ${place}, ${card.name}`}
            data={[{ value: NONE, label: 'Defaults' }, ...card.presets.map((p) => ({ value: p.id, label: p.label }))]}
            value={c.preset ?? NONE}
            allowDeselect={false}
            onChange={(v) => takePreset(c.id, v === NONE ? null : v)}
          />
        ) : (
          <span className={css.preset} />
        )}
        {names.length > 0 || card.needs.text ? (
          <UnstyledButton className={panes.link} aria-expanded={shown} aria-controls={ids.fields} aria-label={`Edit settings of ${name}`} onClick={() => setOpen(!shown)}>
            {changed > 0 ? `${changed} changed` : 'Edit'} <span aria-hidden="true">{shown ? '▾' : '▸'}</span>
          </UnstyledButton>
        ) : null}
        <CloseButton size="sm" aria-label={`Remove ${name}`} onClick={() => removeContender(c.id)} />
      </div>
      {needsText && <p className={css.fault}>Needs text vectors: embed a column on the Text screen, or remove this model.</p>}
      <Collapse id={ids.fields} expanded={shown}>
        <div className={css.fields}>
          {card.needs.text && (
            <Select
              size="xs"
              label="Text"
              data={[...(card.needs.text === 'required' ? [] : [{ value: NONE, label: 'None' }]), ...vectors.map((v) => ({ value: v.key, label: vectorsLabel(v, vectors) }))]}
              value={key ?? NONE}
              allowDeselect={false}
              disabled={vectors.length === 0}
              onChange={(v) => setText(c.id, v === NONE ? null : v)}
            />
          )}
          {names.map((n) => {
            const spec = specs[n] as ParamSpec;
            const columns = spec.kind === 'columns' ? (data?.[spec.entity] ?? []).filter((x) => x.kind === 'categorical' || x.kind === 'tags').map((x) => x.name) : [];
            return <ParamField key={n} name={n} spec={spec} value={c.params[n]!} error={errors[n]} columns={columns} onChange={(v) => setParam(c.id, n, v)} />;
          })}
        </div>
      </Collapse>
    </li>
  );
}
