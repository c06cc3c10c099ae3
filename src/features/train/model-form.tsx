/** The form a model card declares: model, preset, text, main parameters, and the rest folded away. */
import { Anchor, Button, Collapse, SegmentedControl, Select } from '@mantine/core';
import { useId, useState } from 'react';
import { changedParams, paramErrors, presetOf, resolveText } from '../../app/train-config';
import { formatHash } from '../../app/url';
import { useTrain } from '../../app/train';
import { useWorkspace } from '../../app/workspace';
import type { ParamSpec, ParamSpecs } from '../../core/params';
import { vectorsLabel } from '../../text/encoder-name';
import { Card } from '../../ui/Card';
import { ChooseWhen, LinkProblems, MoreSettings, ResetChanges } from './form-parts';
import { catalogue, form, useTrainForm } from './form-state';
import { ModelPicture } from './model-pictures';
import { FieldLabel, ParamField, WholeNumber } from './param-field';
import panes from '../../ui/panes.module.css';
import css from './train.module.css';

const NO_TEXT = '';

export function ModelForm() {
  const model = useTrainForm((s) => s.config.model);
  return (
    <>
      <FormCard />
      <ModelPicture model={model} />
    </>
  );
}

function FormCard() {
  const config = useTrainForm((s) => s.config);
  const problems = useTrainForm((s) => s.problems);
  const busy = useTrain((s) => s.live !== null);
  const data = useWorkspace((s) => s.data);
  const [open, setOpen] = useState(false);
  const ids = { model: useId(), preset: useId(), more: useId() };
  const card = catalogue.find((c) => c.id === config.model)!;
  const specs = card.params as ParamSpecs;
  const errors = paramErrors(card, config.params);
  const changed = changedParams(card, config);
  const preset = presetOf(card, config.preset);
  const main = card.main.filter((name) => name in specs) as string[];
  const rest = Object.keys(specs).filter((name) => !main.includes(name));
  const hiddenErrors = rest.filter((name) => errors[name]);
  const settings = rest.length + (card.iterative ? 2 : 1);
  // Longer names would be cut off in segments of a column this narrow.
  const presetsFit = card.presets.length <= 4 && card.presets.reduce((n, p) => n + p.label.length, 0) <= 30;
  const few = settings <= 2; // folding these away would cost more room than showing them
  const showRest = few || open || hiddenErrors.length > 0;

  const field = (name: string) => {
    const spec = specs[name] as ParamSpec;
    const columns = spec.kind === 'columns' ? (data?.[spec.entity] ?? []).filter((c) => c.kind === 'categorical' || c.kind === 'tags').map((c) => c.name) : [];
    return <ParamField key={name} name={name} spec={spec} value={config.params[name]!} error={errors[name]} columns={columns} onChange={(v) => form.setParam(name, v)} />;
  };

  return (
    <Card
      title="Model"
      aside={<ResetChanges changes={changed.length} onReset={form.reset} />}
    >
      <div className={css.form}>
        <LinkProblems problems={problems} />
        <div>
          <FieldLabel htmlFor={ids.model} label="Recommender" />
          <Select id={ids.model} data={catalogue.map((c) => ({ value: c.id, label: c.name }))} value={card.id} allowDeselect={false} onChange={(id) => id && form.takeModel(id)} />
          <ChooseWhen card={card} />
        </div>
        {card.presets.length > 0 && (
          <div>
            <FieldLabel id={ids.preset} label="Preset" />
            {presetsFit ? (
              <SegmentedControl aria-labelledby={ids.preset} fullWidth data={card.presets.map((p) => ({ value: p.id, label: p.label }))} value={config.preset ?? ''} onChange={form.takePreset} />
            ) : (
              <Select aria-labelledby={ids.preset} data={card.presets.map((p) => ({ value: p.id, label: p.label }))} value={config.preset} allowDeselect={false} onChange={(id) => id && form.takePreset(id)} />
            )}
            {preset && <p className={css.hint}>{changed.length > 0 ? `Changed from ${preset.label}: ${changed.map((n) => specs[n]!.label.toLowerCase()).join(', ')}.` : preset.note}</p>}
            {preset?.evaluation?.selection === 'test' && (
              <p className={panes.warning} role="note">
                <strong>Best epoch chosen on the test set.</strong> So it was published; the test numbers are then too good. Do not set them beside runs chosen on validation.
              </p>
            )}
          </div>
        )}
        {card.needs.text && <TextField />}
        {main.map(field)}
        {!few && (
          <div>
            <MoreSettings settings={settings} open={showRest} controls={ids.more} onToggle={() => setOpen(!showRest)} />
          </div>
        )}
        <Collapse id={ids.more} expanded={showRest}>
          <div className={css.form}>
            {rest.map(field)}
            {card.iterative && (
              <WholeNumber label="Patience" help="Early stopping: ends after so many epochs without a better validation NDCG@10. 0 never ends early." value={config.patience} min={0} max={1000} onChange={(patience) => form.setConfig({ patience })} />
            )}
            <WholeNumber label="Seed" help="Same seed, data and settings give the same result on the CPU backends." value={config.seed} min={0} max={0xffffffff} onChange={(seed) => form.setConfig({ seed })} />
          </div>
        </Collapse>
        {busy && <p className={css.hint}>Changes here are for the next run; the one that trains keeps its settings.</p>}
      </div>
    </Card>
  );
}

/** Which text vectors feed the model. */
export function TextField() {
  const id = useId();
  const config = useTrainForm((s) => s.config);
  const vectors = useWorkspace((s) => s.vectors);
  const card = form.card();
  const required = card.needs.text === 'required';
  const key = resolveText(card, config.text, vectors);
  const wanted = config.text && key === null ? config.text : null;
  return (
    <div>
      <FieldLabel htmlFor={id} label="Text fed to the item tower" help="Vectors of a text column let the model place items nobody has played yet. Columns are embedded on the Text screen." />
      <Select
        id={id}
        data={[...(required ? [] : [{ value: NO_TEXT, label: 'None' }]), ...vectors.map((v) => ({ value: v.key, label: vectorsLabel(v, vectors) }))]}
        value={key ?? (required ? null : NO_TEXT)}
        placeholder="None embedded yet"
        allowDeselect={false}
        disabled={vectors.length === 0}
        error={wanted ? `There are no vectors for "${wanted}" here.` : required && key === null ? 'This model needs text vectors.' : undefined}
        onChange={(v) => form.setConfig({ text: v === NO_TEXT || v === null ? null : v })}
      />
      {vectors.length === 0 && (
        <p className={css.hint}>
          No column is embedded yet.{' '}
          <Anchor href={formatHash('text')} inherit>
            Embed one on the Text screen
          </Anchor>
        </p>
      )}
    </div>
  );
}

export function ShareButton({ onCopy }: { onCopy: () => void }) {
  return (
    <Button variant="subtle" onClick={onCopy}>
      Share link
    </Button>
  );
}
