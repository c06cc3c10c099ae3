import { Button, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import { columnsOfName } from '../../app/text-columns';
import { embedOneText, whyNotEmbeddable } from '../../app/new-text';
import { setQuery, useQuery } from '../../app/url';
import { labelOf, type DataSet } from '../../core/dataset';
import type { ParamSpecs } from '../../core/params';
import { whatAndRemedy } from '../../core/problem';
import type { RunRecord } from '../../core/run';
import { catalogue } from '../../models/catalogue';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { plural } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { MOST_MODELS, writeAddress } from './address';
import { clip } from './item-words';
import { JUDGES_OF_NEW } from './ModelBar';
import { AnswerView, type Answer } from './NewItemAnswer';
import { useDraft } from './new-item-draft';
import { columnsFor, EMPTY_DRAFT, fieldsOf, textFor } from './new-item-fields';
import type { Model } from './use-models';
import shared from './recommend.module.css';

const SHOWN_USERS = 12;

/** What was found last, and for which draft; by data hash. Opening one of the people and coming back shows it again. */
const found = new Map<string, { answer: Answer; asked: string }>();

/** An item nobody has had: what it is goes in, who would like it comes out. */
export function NewSongTab({ data, models, others }: { data: DataSet; models: readonly Model[]; others: readonly RunRecord[] }) {
  const able = models.filter((m) => m.served?.can.newItem);
  const chosen = useQuery().get('ask');
  const model = able.find((m) => m.run.id === chosen) ?? able[0] ?? null;
  const [draft, setDraft] = useDraft(data);
  const [last, setLast] = useState(() => found.get(data.hash) ?? null);
  const [working, setWorking] = useState<{ label: string; value: number | null } | null>(null);
  const [problem, setProblem] = useState<{ what: string; remedy: string } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new DOMException('Stopped.', 'AbortError')), []); // whoever leaves the tab does not wait
  const run = model?.run ?? null;
  const all = useMemo(() => fieldsOf(data.items), [data]);
  // Asked is only what the model reads, and what the item is called.
  const card = catalogue.find((c) => c.id === run?.model.id);
  const read = run?.text ? (columnsOfName(data.items, run.text.column) ?? []) : [];
  const wordsCount = run?.text ? whyNotEmbeddable(run.text) : null;
  const readsNumbers = card !== undefined && 'useNumbers' in card.params && run?.model.params['useNumbers'] !== false;
  const readsLabels = card !== undefined && Object.values(card.params as ParamSpecs).some((p) => p.kind === 'columns' && p.entity === 'items');
  const fields = {
    texts: all.texts.filter((t) => t === data.items.label || (wordsCount === null && read.includes(t))),
    labels: all.labels.filter((l) => readsLabels || read.includes(l.name)),
    numbers: readsNumbers || !(readsLabels || run?.text) ? all.numbers : [],
  };
  const called = (draft.texts[data.items.label ?? ''] ?? '').trim();
  const title = called || Object.values(draft.texts).find((t) => t.trim() !== '')?.trim() || 'The new item';
  const reads = model?.run.text?.column ?? null;
  const wordless = reads === null || wordsCount !== null || textFor(reads, draft, data.items) === '';
  // Towers put what they know nothing of at the average, and say so; others have nothing to compare by.
  const asked = [...fields.labels.map((l) => l.name), ...fields.numbers];
  const columns = Object.fromEntries(Object.entries(columnsFor(draft)).filter(([name]) => asked.includes(name)));
  const nothing = !readsLabels && wordless && Object.keys(columns).length === 0;
  const question = JSON.stringify([run?.id, draft]);
  const twin = useMemo(() => (called === '' ? -1 : data.items.ids.findIndex((_, i) => labelOf(data.items, i).trim().toLowerCase() === called.toLowerCase())), [data, called]);
  const stop = (): void => running.current?.abort(new DOMException('Stopped.', 'AbortError'));
  const clear = (): void => setDraft(() => EMPTY_DRAFT);

  const ask = async (): Promise<void> => {
    const served = model?.served;
    if (!served || running.current) return;
    const stop = new AbortController();
    running.current = stop;
    setProblem(null);
    try {
      setWorking({ label: 'Embedding its text', value: null });
      const { text } = served.run;
      const words = text && wordsCount === null ? await embedOneText(textFor(text.column, draft, data.items), text, stop.signal) : { vector: null, note: wordsCount };
      const answer = await served.newItem({ text: words.vector, columns }, SHOWN_USERS, {
        signal: stop.signal,
        onProgress: ({ done, total }) => setWorking({ label: `Asking ${plural(total, 'user')}`, value: done / total }),
      });
      const note = [answer.placedBy ?? (text ? null : 'This model reads no text: only labels and numbers counted.'), words.note].filter(Boolean).join(' ') || null;
      const next = { answer: { served, title, answer, note }, asked: question };
      found.set(data.hash, next);
      setLast(next);
    } catch (error) {
      if (!stop.signal.aborted) setProblem(whatAndRemedy(error, 'Try again.'));
    } finally {
      running.current = null;
      setWorking(null);
    }
  };
  const text = (name: string, value: string): void => setDraft((d) => ({ ...d, texts: { ...d.texts, [name]: value } }));
  const labels = (name: string, value: string[]): void =>
    setDraft((d) => {
      const { [name]: _before, ...rest } = d.labels;
      return { ...d, labels: value.length > 0 ? { ...rest, [name]: value } : rest };
    });
  const number = (name: string, value: number | string): void =>
    setDraft((d) => {
      const { [name]: _before, ...rest } = d.numbers;
      return { ...d, numbers: typeof value === 'number' ? { ...rest, [name]: value } : rest };
    });

  useScreenCommands([
    ...(model && !nothing && !working ? [{ id: 'item ask', group: 'Recommend', label: 'Who would like this new item?', run: () => void ask() }] : []),
    ...(working ? [{ id: 'item stop', group: 'Recommend', label: 'Stop asking', run: stop }] : []),
    ...(draft !== EMPTY_DRAFT ? [{ id: 'item clear', group: 'Recommend', label: 'Empty the form of the new item', keywords: ['start over', 'clear'], run: clear }] : []),
  ]);
  if (!model) return <NoModel models={models} others={others} />;
  return (
    <div className={shared.page}>
      <Card title="A new item" className={shared.form}>
        {able.length > 1 && <Select label="Ask" data={able.map((m) => ({ value: m.run.id, label: m.run.name }))} value={model.run.id} onChange={(id) => setQuery({ ask: id })} allowDeselect={false} />}
        <p className={shared.hint}>{clip(model.run.name, 50)} knows items by {listWords([reads && !wordsCount ? `the text of ${reads}` : '', fields.labels.length > 0 ? 'their labels' : '', fields.numbers.length > 0 ? 'their numbers' : ''])}.</p>
        {wordsCount && <p className={shared.hint}>{wordsCount}</p>}
        {fields.texts.slice(0, 4).map((name) =>
          name === data.items.label ? (
            <TextInput key={name} label={name} value={draft.texts[name] ?? ''} maxLength={10_000} onChange={(e) => text(name, e.currentTarget.value)} />
          ) : (
            <Textarea key={name} label={name} autosize minRows={2} maxRows={8} value={draft.texts[name] ?? ''} maxLength={50_000} onChange={(e) => text(name, e.currentTarget.value)} />
          ),
        )}
        {twin >= 0 && <p className={shared.hint}>There is an item of that name already ({plural(model.served?.itemDegree[twin] ?? 0, 'user')} in training). The new one is judged by what it is, not by who had that one.</p>}
        {fields.labels.slice(0, 6).map((l) => (
          <MultiSelect
            key={l.name} label={l.name} data={l.levels.filter(Boolean).slice(0, 5000).map((v) => ({ value: v, label: clip(v, 60) }))} limit={40} searchable clearable
            maxValues={l.several ? undefined : 1} value={draft.labels[l.name] ?? []} onChange={(v) => labels(l.name, v)} clearButtonProps={{ 'aria-label': `Clear ${l.name}` }} hidePickedOptions
            nothingFoundMessage="No item has that label, so no model knows it: leave it empty"
          />
        ))}
        {fields.numbers.slice(0, 12).map((name) => <NumberInput key={name} label={name} value={draft.numbers[name] ?? ''} onChange={(v) => number(name, v)} decimalScale={6} />)}
        <Button onClick={() => void ask()} disabled={nothing || working !== null}>Who would like it?</Button>
        {nothing && !wordsCount && <p className={shared.hint}>{reads ? `Type its ${reads} first.` : fields.numbers.length > 0 ? 'Enter its numbers first.' : 'Choose a label first.'}</p>}
      </Card>
      <div className={shared.right}>
        {problem && <ErrorPanel what={problem.what} remedy={problem.remedy} onDismiss={() => setProblem(null)} />}
        {working && <ProgressStrip label={working.label} value={working.value} onStop={stop} />}
        {last && last.answer.served.run.id === model.run.id ? (
          <>
            {last.asked !== question && !working && <output className={shared.hint}>It has changed since: ask again to see what that does.</output>}
            <AnswerView key={last.asked} data={data} runs={models.map((m) => m.run.id)} {...last.answer} />
          </>
        ) : (
          !working && <EmptyState title="Who would like what nobody has heard of?" text="Type what it is. Its text is embedded on this device, and the model says in whose lists it would stand, and next to what." />
        )}
      </div>
    </div>
  );
}

const listWords = (parts: string[]): string => {
  const said = parts.filter(Boolean);
  return said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : (said[0] ?? 'what they are');
};

function NoModel({ models, others }: { models: readonly Model[]; others: readonly RunRecord[] }) {
  if (models.some((m) => m.state.status === 'opening')) return <output className={shared.hint}>Bringing the models back…</output>;
  // One that could is not open, and it is said above what it lacks.
  if (models.some((m) => JUDGES_OF_NEW.includes(m.run.model.id) && m.state.status !== 'open')) return null;
  const names = ['content-knn', 'two-tower'].map((id) => catalogue.find((c) => c.id === id)?.name ?? id);
  const able = others.find((r) => JUDGES_OF_NEW.includes(r.model.id));
  return (
    <EmptyState
      title="None of these models can judge what nobody has had"
      text={`They know items by who had them. ${names.join(' and ')} know items by what they are (text, labels, numbers)${able ? '' : ': train one of them'}.`}
      action={able ? <Button onClick={() => writeAddress({ runs: [able.id, ...models.map((m) => m.run.id)].slice(0, MOST_MODELS) })}>Ask {clip(able.name, 40)}</Button> : <Button component="a" href="#/train?model=content-knn">Train {names[0]}</Button>}
    />
  );
}
