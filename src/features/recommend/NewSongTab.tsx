import { Button, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { columnsOfName } from '../../app/text-columns';
import { embedOneText, whyNotEmbeddable } from '../../app/new-text';
import type { Served } from '../../app/serve';
import { labelOf, type DataSet } from '../../core/dataset';
import type { ParamSpecs } from '../../core/params';
import { Problem } from '../../core/problem';
import type { NewItemAnswer, ServedList } from '../../../workers/protocol';
import { catalogue } from '../../models/catalogue';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { count, percent, plural, rate } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { Reading } from '../../ui/Reading';
import { writeAddress } from './address';
import { clip, itemLabel, score, secondLine } from './item-words';
import { columnsFor, EMPTY_DRAFT, fieldsOf, textFor, type NewItemDraft } from './new-item-fields';
import { SliceBadge } from './slice-badge';
import type { Model } from './use-models';
import listCss from './list-card.module.css';
import shared from './recommend.module.css';
import whyCss from './why-panel.module.css';
import css from './new-song.module.css';

const SHOWN_USERS = 12;

interface Answer {
  served: Served;
  title: string;
  answer: NewItemAnswer;
  /** What the item was placed by, and why text played no part, where it did not. */
  note: string | null;
}

/** An item nobody has had: what it is goes in, who would like it comes out. */
export function NewSongTab({ data, models }: { data: DataSet; models: readonly Model[] }) {
  const able = models.filter((m) => m.served?.can.newItem);
  const [chosen, setChosen] = useState<string | null>(null);
  const model = able.find((m) => m.run.id === chosen) ?? able[0] ?? null;
  const [draft, setDraft] = useState<NewItemDraft>(EMPTY_DRAFT);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [working, setWorking] = useState<{ label: string; value: number | null } | null>(null);
  const [problem, setProblem] = useState<{ what: string; remedy: string } | null>(null);
  const running = useRef<AbortController | null>(null);
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
  const title = (draft.texts[data.items.label ?? ''] ?? Object.values(draft.texts)[0] ?? '').trim() || 'The new item';
  const reads = model?.run.text?.column ?? null;
  const wordless = reads === null || wordsCount !== null || textFor(reads, draft, data.items) === '';
  // Towers put what they know nothing of at the average, and say so; others have nothing to compare by.
  const nothing = !readsLabels && wordless && Object.keys(columnsFor(draft)).length === 0;

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
      const found = await served.newItem({ text: words.vector, columns: columnsFor(draft) }, SHOWN_USERS, {
        signal: stop.signal,
        onProgress: ({ done, total }) => setWorking({ label: `Asking ${plural(total, 'user')}`, value: done / total }),
      });
      const note = [found.placedBy ?? (text ? null : 'This model reads no text: only labels and numbers counted.'), words.note].filter(Boolean).join(' ') || null;
      setAnswer({ served, title, answer: found, note });
    } catch (error) {
      if (!stop.signal.aborted) setProblem(error instanceof Problem ? { what: error.what, remedy: error.remedy } : { what: error instanceof Error ? error.message : String(error), remedy: 'Try again.' });
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

  if (!model) return <NoModel models={models} />;
  return (
    <div className={shared.page}>
      <Card title="A new item" className={shared.form}>
        {able.length > 1 && <Select label="Ask" data={able.map((m) => ({ value: m.run.id, label: m.run.name }))} value={model.run.id} onChange={setChosen} allowDeselect={false} />}
        <p className={shared.hint}>{clip(model.run.name, 50)} knows items by {listWords([reads && !wordsCount ? `the text of ${reads}` : '', fields.labels.length > 0 ? 'their labels' : '', fields.numbers.length > 0 ? 'their numbers' : ''])}.</p>
        {wordsCount && <p className={shared.hint}>{wordsCount}</p>}
        {fields.texts.slice(0, 4).map((name) =>
          name === data.items.label ? (
            <TextInput key={name} label={name} value={draft.texts[name] ?? ''} maxLength={10_000} onChange={(e) => text(name, e.currentTarget.value)} />
          ) : (
            <Textarea key={name} label={name} autosize minRows={2} maxRows={8} value={draft.texts[name] ?? ''} maxLength={50_000} onChange={(e) => text(name, e.currentTarget.value)} />
          ),
        )}
        {fields.labels.slice(0, 6).map((l) => (
          <MultiSelect
            key={l.name} label={l.name} data={l.levels.filter(Boolean).slice(0, 5000).map((v) => ({ value: v, label: clip(v, 60) }))} limit={40} searchable clearable
            maxValues={l.several ? undefined : 1} value={draft.labels[l.name] ?? []} onChange={(v) => labels(l.name, v)} clearButtonProps={{ 'aria-label': `Clear ${l.name}` }} hidePickedOptions
          />
        ))}
        {fields.numbers.slice(0, 12).map((name) => <NumberInput key={name} label={name} value={draft.numbers[name] ?? ''} onChange={(v) => number(name, v)} decimalScale={6} />)}
        <Button onClick={() => void ask()} disabled={nothing || working !== null}>Who would like it?</Button>
        {nothing && !wordsCount && <p className={shared.hint}>{reads ? `Type its ${reads} first.` : fields.numbers.length > 0 ? 'Enter its numbers first.' : 'Choose a label first.'}</p>}
      </Card>
      <div className={shared.right}>
        {problem && <ErrorPanel what={problem.what} remedy={problem.remedy} onDismiss={() => setProblem(null)} />}
        {working && <ProgressStrip label={working.label} value={working.value} onStop={() => running.current?.abort(new DOMException('Stopped.', 'AbortError'))} />}
        {answer && answer.served.run.id === model.run.id ? (
          <AnswerView data={data} {...answer} />
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

function NoModel({ models }: { models: readonly Model[] }) {
  if (models.some((m) => m.state.status === 'opening')) return <output className={shared.hint}>Bringing the models back…</output>;
  const names = catalogue.filter((c) => c.id === 'content-knn' || c.id === 'two-tower').map((c) => c.name);
  return (
    <EmptyState
      title="None of these models can judge what nobody has had"
      text={`They know items by who had them. ${names.join(' and ')} know items by what they are (text, labels, numbers): train one of them, or choose such a run above.`}
      action={<Button component="a" href="#/train?model=content-knn">Train {names[0]}</Button>}
    />
  );
}

function AnswerView({ data, served, title, answer, note }: Answer & { data: DataSet }) {
  const [shown, setShown] = useState<number | null>(null);
  const [lists, setLists] = useState<Record<number, ServedList>>({});
  const best = answer.users[0];
  const nearest = answer.similar.items[0];
  const open = async (user: number, rank: number): Promise<void> => {
    setShown(shown === user ? null : user);
    if (lists[user]) return;
    const [list] = await served.recommend([{ user }], { k: Math.min(200, Math.max(8, rank + 2)), seen: 'train' });
    if (list) setLists((l) => ({ ...l, [user]: list }));
  };
  return (
    <>
      <Card title={`In whose lists “${clip(title, 60)}” would stand`} aside={`first ten of ${count(answer.inTop)} of ${plural(answer.asked, 'user')}`} padded={false}>
        <ol className={listCss.rows} aria-label="Users who would like it most">
          {answer.users.map(({ user, rank, score: s }) => (
            <li key={user}>
              <button type="button" className={css.userRow} aria-expanded={shown === user} onClick={() => void open(user, rank)}>
                <span className={listCss.place}>{count(rank)}</span>
                <span className={listCss.what}>
                  <span className={listCss.title}>{clip(labelOf(data.users, user), 70)}</span>
                  <span className={listCss.second}>{plural(served.userDegree[user] ?? 0, 'train item')}</span>
                </span>
                <span className={listCss.figure}>{score(s)}</span>
              </button>
              {shown === user && (
                <div className={whyCss.why}>
                  {lists[user] ? <Around list={lists[user]} rank={rank} title={title} value={s} data={data} served={served} /> : 'Making their list…'}
                  <Button variant="default" onClick={() => writeAddress({ tab: 'person', user: data.users.ids[user]! })}>Open this person</Button>
                </div>
              )}
            </li>
          ))}
        </ol>
      </Card>
      <Card title="Its neighbours" aside="by what the model compares items by" padded={false}>
        <ol className={listCss.rows} aria-label="Items it is most like">
          {Array.from(answer.similar.items, (i, n) => (
            <li key={i} className={css.near}>
              <span className={listCss.figure}>{rate(answer.similar.scores[n]!, 3)}</span>
              <span className={listCss.what}>
                <span className={listCss.title}>{clip(itemLabel(data.items, i))}</span>
                <span className={listCss.second}>{secondLine(data.items, i)}</span>
              </span>
              <SliceBadge temperature={served.temperature[i] ?? 0} />
            </li>
          ))}
        </ol>
      </Card>
      <Reading>
        “{clip(title, 60)}” would be among the first ten of {count(answer.inTop)} of {plural(answer.asked, 'user')} ({percent(answer.inTop / Math.max(1, answer.asked))})
        {best ? `, and stands highest for ${clip(labelOf(data.users, best.user), 40)} (rank ${count(best.rank)})` : ''}
        {nearest === undefined ? '.' : `; it is most like “${clip(itemLabel(data.items, nearest), 60)}”.`} {note}
      </Reading>
    </>
  );
}

/** The part of a user's list around the place the new item would take. */
function Around({ list, rank, title, value, data, served }: { list: ServedList; rank: number; title: string; value: number; data: DataSet; served: Served }) {
  // Ties stand above the new item, so it comes right before rank `rank` of the items there are.
  const from = Math.max(0, rank - 4);
  const above = Array.from(list.items.subarray(from, rank - 1), (item, n) => ({ item, place: from + n + 1, s: list.scores[from + n]! }));
  const below = Array.from(list.items.subarray(rank - 1, rank + 2), (item, n) => ({ item, place: rank + n + 1, s: list.scores[rank - 1 + n]! }));
  const line = ({ item, place, s }: (typeof above)[number]): React.ReactNode => (
    <li key={item}>
      <span className={listCss.place}>{place}</span> <span>{clip(itemLabel(data.items, item), 60)}</span> <span className={listCss.figure}>{score(s)}</span> <SliceBadge temperature={served.temperature[item] ?? 0} />
    </li>
  );
  return (
    <ul aria-label="Their list around the new item">
      {above.map(line)}
      <li>
        <span className={listCss.place}>{rank}</span> <b>{clip(title, 60)}</b> <span className={listCss.figure}>{score(value)}</span> <SliceBadge temperature={2} />
      </li>
      {below.map(line)}
    </ul>
  );
}
