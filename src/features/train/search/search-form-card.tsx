/** What to search: model, strategy, budget, and the range of every setting. */
import { Collapse, Input, Select, TextInput, UnstyledButton } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { fieldsOf, searchable, usualField, type CheckedSearch } from '../../../app/search/search-form';
import type { StudyTask } from '../../../app/search/study';
import { useWorkspace } from '../../../app/workspace';
import type { ParamSpecs } from '../../../core/params';
import { STRATEGIES } from '../../../math/search/strategies';
import type { StrategyId } from '../../../math/search/strategy';
import { Card } from '../../../ui/Card';
import { count, plural } from '../../../ui/format';
import { LinkProblems, MoreSettings } from '../form-parts';
import { TextField } from '../model-form';
import { FieldLabel, WholeNumber } from '../param-field';
import { formOf, modelsOf, useConfig } from './ground';
import { RangeField } from './range-field';
import { checkedNow, MOST_WORKERS, searchForm, useSearchForm } from './search-state';
import panes from '../../../ui/panes.module.css';
import train from '../train.module.css';
import css from './search.module.css';

export function SearchFormCard({ task }: { task: StudyTask }) {
  const form = formOf(task);
  const config = useConfig(task);
  const state = useSearchForm((s) => s);
  useWorkspace((s) => s.data);
  const [open, setOpen] = useState(false);
  const ids = { model: useId(), strategy: useId(), more: useId() };
  const card = form.card();
  const specs = card.params as ParamSpecs;
  const checked = checkedNow(task);
  const fields = fieldsOf(card, state);
  const names = searchable(card);
  const first = names.filter((n) => usualField(card, n).on || state.ranges[card.id]?.[n]?.on || n === 'epochs');
  const rest = names.filter((n) => !first.includes(n));
  const strategy = STRATEGIES.find((s) => s.id === state.strategy)!;
  const changed = Object.keys(state.ranges[card.id] ?? {}).length;

  const field = (name: string) => (
    <RangeField
      key={name}
      model={card.id}
      name={name}
      spec={specs[name]!}
      field={fields[name]!}
      fixed={config.params[name]}
      grid={state.strategy === 'grid'}
      {...(state.strategy === 'halving' && name === 'epochs' ? { locked: `up to ${String(config.params['epochs'])}, by halving` } : {})}
      error={checked.errors[name]}
      onChange={(patch) => searchForm.setField(card, name, patch)}
    />
  );

  return (
    <Card
      title="Search"
      aside={
        changed > 0 && (
          <UnstyledButton className={panes.link} onClick={() => searchForm.resetFields(card)}>
            Usual ranges
          </UnstyledButton>
        )
      }
    >
      <div className={train.form}>
        <LinkProblems problems={state.problems} />
        <div>
          <FieldLabel htmlFor={ids.model} label={task === 'predict' ? 'Model' : 'Recommender'} />
          <Select id={ids.model} data={modelsOf(task)} value={card.id} allowDeselect={false} onChange={(id) => id && form.takeModel(id)} />
        </div>
        {card.needs.text && <TextField />}
        <div>
          <FieldLabel htmlFor={ids.strategy} label="Strategy" />
          <Select id={ids.strategy} data={STRATEGIES.map((s) => ({ value: s.id, label: s.name, disabled: s.id === 'halving' && !card.iterative }))} value={state.strategy} allowDeselect={false} error={checked.errors['strategy']} onChange={(id) => id && searchForm.set({ strategy: id as StrategyId })} />
          <p className={train.hint}>{strategy.help}</p>
        </div>
        <div className={css.budget}>
          <Budget label="Trials" help="How many settings are fitted and scored on validation, at most." value={state.trials} error={checked.errors['trials']} onChange={(trials) => searchForm.set({ trials })} />
          <Budget label="Minutes" help="The search ends when this much time has been spent on it, whatever is left. Empty: no limit." value={state.minutes} error={checked.errors['minutes']} placeholder="no limit" onChange={(minutes) => searchForm.set({ minutes })} />
        </div>
        <Plan>{planText(checked, card.iterative, task)}</Plan>
        {MOST_WORKERS > 1 && (
          <div>
            <FieldLabel htmlFor={`${ids.model}-w`} label="At a time" help="Trials that run side by side, each in a worker of its own. A Bayesian search looks at fewer results before it chooses when more run at a time." />
            <Select id={`${ids.model}-w`} data={Array.from({ length: MOST_WORKERS }, (_, k) => String(k + 1))} value={String(state.workers)} allowDeselect={false} onChange={(w) => w && searchForm.set({ workers: Number(w) })} />
          </div>
        )}
        <fieldset className={css.params} aria-label="Settings to search">
          {first.map(field)}
          {rest.length > 0 && (
            <>
              <MoreSettings settings={rest.length} open={open} controls={ids.more} onToggle={() => setOpen(!open)} />
              <Collapse id={ids.more} expanded={open || rest.some((n) => checked.errors[n])}>
                <div className={css.params}>{rest.map(field)}</div>
              </Collapse>
            </>
          )}
        </fieldset>
        {card.iterative && task === 'rank' && <WholeNumber label="Patience" help="A trial ends after so many epochs without a better validation NDCG@10. 0 never ends early." value={config.patience} min={0} max={1000} onChange={(patience) => form.setConfig({ patience })} />}
        <WholeNumber label="Seed" help="Of the search and of every model in it: the same seed, data and ranges give the same trials." value={config.seed} min={0} max={0xffffffff} onChange={(seed) => form.setConfig({ seed })} />
        <p className={train.hint}>
          Settings that are not searched stay as they are under One run.{' '}
          {task === 'predict' ? 'A trial is the mean RMSE over three random parts of the ratings that fold 1 trains on; the ratings that fold 1 tests are read by none. Under Hold-out that is the whole test.' : 'The test set is not read by any trial.'}
        </p>
      </div>
    </Card>
  );
}

const Plan = ({ children }: { children: ReactNode }) => (children ? <p className={train.hint}>{children}</p> : null);

function planText({ strategy, trials, grid, rounds }: CheckedSearch, iterative: boolean, task: StudyTask): string | null {
  if (!strategy) return null;
  if (grid !== null) return grid > trials ? `The grid has ${count(grid)} points; ${count(trials)} of them, evenly mixed, fit the budget.` : `The grid has ${plural(grid, 'point')}, all of which are tried.`;
  if (rounds) return `${rounds.map((r, k) => `${k === 0 ? plural(r.count, 'setting trains', 'settings train') : count(r.count)} for ${plural(r.epochs, 'epoch')}`).join(', then the best ')}: ${plural(trials, 'trial')}.`;
  return iterative ? (task === 'predict' ? 'Every trial trains for all epochs.' : 'Every trial trains as long as the epochs and the patience allow.') : null;
}

function Budget({ label, help, value, placeholder, error, onChange }: { label: string; help: string; value: string; placeholder?: string; error: string | undefined; onChange(text: string): void }) {
  const id = useId();
  return (
    <div>
      <FieldLabel htmlFor={id} label={label} help={help} />
      <TextInput id={id} inputMode="decimal" value={value} placeholder={placeholder} error={Boolean(error)} aria-describedby={error ? `${id}-error` : undefined} onChange={(e) => onChange(e.currentTarget.value)} />
      {error && (
        <Input.Error id={`${id}-error`} mt={4}>
          {error}
        </Input.Error>
      )}
    </div>
  );
}
