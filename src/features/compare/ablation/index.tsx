/** Ablation: one setting changed at a time, over seeds, on one split; and the sentence that the figures support. */
import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { newId } from '../../../core/new-id';
import { startPlan, usePlans, type Plan } from '../../../app/queue';
import { dismissTextError, embedColumns, stopEmbedding, useText } from '../../../app/text';
import { presetValues, resolveText } from '../../../app/train-config';
import { formatHash, navigate, setQuery, useQuery } from '../../../app/url';
import { useWorkspace } from '../../../app/workspace';
import { messageOf } from '../../../core/problem';
import { rankers } from '../../../models/catalogue';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { percent, plural } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { vectorsLabel } from '../../../text/encoder-name';
import css from '../compare.module.css';
import type { ParamSpec } from '../../../core/params';
import { paramWords } from '../setting-words';
import { ablationPlan, modelValues, NO_TEXT, typedValues, usualValues, type AblationForm } from './arms';
import { AblationResult } from './result';

const begun = (plan: Plan): Plan => ({ ...plan, id: newId(), createdAt: new Date().toISOString() });

export function Ablation() {
  const data = useWorkspace((s) => s.data);
  const plans = usePlans().filter((p) => p.plan.kind === 'ablation');
  return (
    <div className={css.stack}>
      {data ? (
        <Setup dataHash={data.hash} textColumns={data.items.filter((c) => c.kind === 'text').map((c) => c.name)} />
      ) : (
        <Card>
          <EmptyState title="No data yet" text="An ablation trains one model several times with one thing changed. It needs a data set to train on." action={<Button component="a" href={formatHash('data')} onClick={() => navigate('data')}>Open the Data screen</Button>} />
        </Card>
      )}
      {plans.map((p) => (
        <AblationResult key={p.plan.id} entry={p} />
      ))}
    </div>
  );
}

function Setup({ dataHash, textColumns }: { dataHash: string; textColumns: readonly string[] }) {
  const query = useQuery();
  const vectors = useWorkspace((s) => s.vectors);
  const split = useWorkspace((s) => s.split);
  const embedding = useText((s) => s.progress);
  const unembedded = useText((s) => s.error);
  const [fault, setFault] = useState<string | null>(null);
  const card = rankers.find((c) => c.id === (query.get('a.model') ?? 'two-tower')) ?? rankers[0]!;
  const params = Object.entries(card.params as Record<string, { label: string; kind: string }>).filter(([, s]) => s.kind !== 'columns' && s.kind !== 'members');
  const varies = [...(card.needs.text ? [{ value: 'text', label: 'Text fed to the items' }] : []), { value: 'model', label: 'The model itself' }, ...params.map(([value, s]) => ({ value, label: s.label }))];
  const vary = varies.find((v) => v.value === query.get('a.vary'))?.value ?? varies[0]?.value ?? 'text';
  const preset = card.presets.find((p) => p.id === query.get('a.preset'))?.id ?? card.presets[0]?.id ?? null;
  const typed = query.get('a.values');
  const spec = (card.params as Record<string, ParamSpec>)[vary];
  const usual = vary === 'model' ? modelValues(card.id).filter((id) => id === card.id || id === 'popularity') : usualValues(spec, presetValues(card, preset)[vary]);
  const options = vary === 'model' ? modelValues(card.id) : spec?.kind === 'choice' || spec?.kind === 'toggle' ? usual : null;
  const optionName = (v: string): string => (vary === 'model' ? (rankers.find((c) => c.id === v)?.name ?? v) : paramWords(spec, spec?.kind === 'toggle' ? v === 'true' : v));
  const allText = [...(card.needs.text === 'required' ? [] : [NO_TEXT]), ...vectors.map((v) => v.key)];
  const values = vary === 'text' ? (typed === null ? allText : typed.split('|').filter((v) => allText.includes(v))) : typed === null ? usual : typedValues(typed);
  const form: AblationForm = { model: card.id, preset, vary, values, seeds: query.get('a.seeds') ?? '1, 2, 3', epochs: query.get('a.epochs') ?? '' };
  // Where text is not what varies, a model that takes it gets the likeliest column.
  const reader = vary === 'model' ? (rankers.find((c) => values.includes(c.id) && c.needs.text) ?? card) : card;
  const likely = resolveText(reader, undefined, vectors);
  const world = { dataHash, split, vectors: likely === null ? vectors : vectors.toSorted((a, b) => Number(b.key === likely) - Number(a.key === likely)) };
  const made = ablationPlan(form, card, world, '', '');
  const textName = (key: string): string => {
    const chosen = vectors.find((v) => v.key === key);
    return chosen ? vectorsLabel(chosen, vectors) : key;
  };
  const missing = textColumns.filter((c) => !vectors.some((v) => v.column === c));
  const run = (): void => {
    if (!('plan' in made)) return;
    try {
      setFault(null);
      startPlan(begun(made.plan));
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  return (
    <Card title="One thing changed at a time" aside="same split, same seeds, everything else alike">
      <div className={css.stack}>
        <div className={css.form}>
          <Select label="Model" data={rankers.map((c) => ({ value: c.id, label: c.name }))} value={card.id} allowDeselect={false} searchable onChange={(m) => m && setQuery({ 'a.model': m, 'a.preset': null, 'a.vary': null, 'a.values': null })} />
          {card.presets.length > 0 && <Select label="Preset" data={card.presets.map((p) => ({ value: p.id, label: p.label }))} value={preset} allowDeselect={false} onChange={(p) => p && setQuery({ 'a.preset': p })} />}
          <Select label="What changes" data={varies} value={vary} allowDeselect={false} onChange={(v) => v && setQuery({ 'a.vary': v, 'a.values': null })} />
          <TextInput label="Seeds" value={form.seeds} onChange={(e) => setQuery({ 'a.seeds': e.currentTarget.value })} />
          {'epochs' in card.params && <TextInput label="Epochs" placeholder="as the preset has it" value={form.epochs} onChange={(e) => setQuery({ 'a.epochs': e.currentTarget.value || null })} />}
          {vary !== 'text' && !options && <TextInput label="Values" description="The first is the reference" value={typed ?? usual.join(', ')} onChange={(e) => setQuery({ 'a.values': e.currentTarget.value })} />}
        </div>
        {options && (
          <fieldset className={`${css.tools} ${css.choices}`} aria-label={vary === 'model' ? 'Models' : 'Values'}>
            {options.map((v) => (
              <Checkbox key={v} label={optionName(v)} checked={values.includes(v)} onChange={() => setQuery({ 'a.values': options.filter((x) => (x === v) !== values.includes(x)).join(',') })} />
            ))}
          </fieldset>
        )}
        {vary === 'text' && (
          <fieldset className={`${css.tools} ${css.choices}`} aria-label="Text columns">
            {allText.map((v) => (
              <Checkbox key={v} label={v === NO_TEXT ? 'no text' : textName(v)} checked={values.includes(v)} onChange={() => setQuery({ 'a.values': allText.filter((x) => (x === v) !== values.includes(x)).join('|') || NO_TEXT })} />
            ))}
            {missing.map((c) => (
              <Button key={c} variant="default" size="compact-sm" disabled={embedding !== null} onClick={() => void embedColumns([c], 'minilm')}>
                Embed “{c}”
              </Button>
            ))}
          </fieldset>
        )}
        {embedding && <ProgressStrip label={embedding.label} value={embedding.value} details={embedding.value === null ? [] : [percent(embedding.value)]} onStop={stopEmbedding} />}
        {vary === 'text' && unembedded && <ErrorPanel title="The text could not be embedded" what={unembedded.what} remedy={<>{unembedded.remedy} <a href={formatHash('text')} onClick={() => navigate('text')}>Open the Text screen</a></>} onDismiss={dismissTextError} />}
        <div className={css.buttons}>
          <Button onClick={run} disabled={!('plan' in made)}>
            Run
          </Button>
          <span className={css.note} role="status">
            {fault ?? ('plan' in made ? `${plural(made.plan.runs.length, 'run')} to train: ${plural(values.length, 'arm')}${vary !== 'model' && card.deterministic ? ', no chance in this model, so one run each' : ''}${vary !== 'text' && likely !== null ? `; ${vary === 'model' ? 'those that take text' : 'all of them'} read ${likely}` : ''}${vary === 'model' ? '; each with its own preset' : ''}.` : made.obstacle)}
          </span>
        </div>
      </div>
    </Card>
  );
}
