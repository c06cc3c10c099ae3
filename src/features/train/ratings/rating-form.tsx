/** The form a card of a rating model declares, and the choice of folds. */
import { Collapse, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useId, useState } from 'react';
import { publishedFolds, useRatings } from '../../../app/ratings';
import { specOf } from '../../../app/ratings/form';
import { paramErrors, presetOf } from '../../../app/train-config';
import { useWorkspace } from '../../../app/workspace';
import { FOLD_LIMITS, type FoldSpec } from '../../../core/rating-run';
import type { ParamSpec, ParamSpecs } from '../../../core/params';
import { Card } from '../../../ui/Card';
import { ChooseWhen, LinkProblems, MoreSettings, ResetChanges } from '../form-parts';
import { FieldLabel, ParamField, WholeNumber } from '../param-field';
import css from '../train.module.css';
import { raterName, raters, ratingForm, useRatingForm } from './form-state';

export function RatingModelForm() {
  const config = useRatingForm((s) => s.config);
  const problems = useRatingForm((s) => s.problems);
  const busy = useRatings((s) => s.live !== null);
  const [open, setOpen] = useState(false);
  const ids = { model: useId(), preset: useId(), more: useId() };
  const card = raters.find((c) => c.id === config.model)!;
  const specs = card.params as ParamSpecs;
  const errors = paramErrors(card, config.params);
  const preset = presetOf(card, config.preset);
  const changed = ratingForm.changed();
  const main = card.main.filter((name) => name in specs) as string[];
  const rest = Object.keys(specs).filter((name) => !main.includes(name));
  const showRest = open || rest.some((name) => errors[name]);
  const field = (name: string) => <ParamField key={name} name={name} spec={specs[name] as ParamSpec} value={config.params[name]!} error={errors[name]} columns={[]} onChange={(v) => ratingForm.setParam(name, v)} />;

  return (
    <Card
      title="Model of ratings"
      aside={<ResetChanges changes={changed.length} onReset={ratingForm.reset} />}
    >
      <div className={css.form}>
        <LinkProblems problems={problems} />
        <div>
          <FieldLabel htmlFor={ids.model} label="Model" />
          <Select id={ids.model} data={raters.map((c) => ({ value: c.id, label: raterName(c.id) }))} value={card.id} allowDeselect={false} onChange={(id) => id && ratingForm.takeModel(id)} />
          <ChooseWhen card={card} />
        </div>
        {card.presets.length > 0 && (
          <div>
            <FieldLabel htmlFor={ids.preset} label="Preset" />
            <Select id={ids.preset} data={card.presets.map((p) => ({ value: p.id, label: p.label }))} value={config.preset} allowDeselect={false} onChange={(id) => id && ratingForm.takePreset(id)} />
            {preset && <p className={css.hint}>{preset.note}</p>}
          </div>
        )}
        {main.map(field)}
        <FoldsField />
        <div>
          <MoreSettings settings={rest.length + 1} open={showRest} controls={ids.more} onToggle={() => setOpen(!showRest)} />
        </div>
        <Collapse id={ids.more} expanded={showRest}>
          <div className={css.form}>
            {rest.map(field)}
            <WholeNumber label="Seed" help="Same seed, data, folds and settings give the same result." value={config.seed} min={0} max={0xffffffff} onChange={(seed) => ratingForm.setConfig({ seed })} />
          </div>
        </Collapse>
        {busy && <p className={css.hint}>Changes here are for the next run.</p>}
      </div>
    </Card>
  );
}

const words: Record<FoldSpec['kind'], string> = {
  published: 'The folds that came with the data, so that numbers can be set beside published ones.',
  kfold: 'Every rating is predicted once, from all other parts.',
  holdout: 'One random part is predicted from the rest: quick, and without a spread.',
};

function FoldsField() {
  const ids = { kind: useId(), k: useId(), share: useId() };
  const folds = useRatingForm((s) => s.folds);
  useWorkspace((s) => s.data?.hash ?? null); // the folds at hand change with the data
  const published = publishedFolds();
  const checked = specOf(folds);
  const number = (n: string | number): number => (n === '' ? NaN : Number(n));
  return (
    <div className={css.form}>
      <div>
        <FieldLabel id={ids.kind} label="Tested on" help="Which ratings are hidden and predicted. Runs are compared only on the same folds." />
        <SegmentedControl
          aria-labelledby={ids.kind}
          fullWidth
          value={folds.kind}
          onChange={(kind) => ratingForm.setFolds({ kind: kind as FoldSpec['kind'] })}
          data={[...(published || folds.kind === 'published' ? [{ value: 'published', label: 'Published' }] : []), { value: 'kfold', label: 'Folds' }, { value: 'holdout', label: 'Hold-out' }]}
        />
        <p className={css.hint}>{folds.kind === 'published' && published ? `${published}. ` : ''}{words[folds.kind]}</p>
      </div>
      {folds.kind === 'kfold' && (
        <div>
          <FieldLabel htmlFor={ids.k} label="Number of folds" />
          <NumberInput id={ids.k} value={Number.isNaN(folds.k) ? '' : folds.k} allowDecimal={false} min={FOLD_LIMITS.k[0]} max={FOLD_LIMITS.k[1]} clampBehavior="none" error={'error' in checked ? checked.error : undefined} onChange={(v) => ratingForm.setFolds({ k: number(v) })} />
        </div>
      )}
      {folds.kind === 'holdout' && (
        <div>
          <FieldLabel htmlFor={ids.share} label="Share held out" />
          <NumberInput id={ids.share} value={Number.isNaN(folds.share) ? '' : folds.share} step={0.05} min={FOLD_LIMITS.share[0]} max={FOLD_LIMITS.share[1]} clampBehavior="none" error={'error' in checked ? checked.error : undefined} onChange={(v) => ratingForm.setFolds({ share: number(v) })} />
        </div>
      )}
      {folds.kind !== 'published' && <WholeNumber label="Seed of the folds" help="Same seed, same folds: only then can runs be compared." value={folds.seed} min={0} max={0xffffffff} onChange={(seed) => ratingForm.setFolds({ seed })} />}
    </div>
  );
}
