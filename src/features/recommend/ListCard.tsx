import { Button, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ensureModel, fitModelAgain, stopFitting } from '../../app/recommend';
import type { EntityTable } from '../../core/dataset';
import type { ServedList, ServedPerson } from '../../../workers/protocol';
import { catalogue } from '../../models/catalogue';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { count, plural } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { clip, itemLabel, score, secondLine } from './item-words';
import { SearchLine } from './index-tab/SearchLine';
import { SliceBadge } from './slice-badge';
import type { ListOutcome, Model } from './use-models';
import { WhyPanel } from './WhyPanel';
import shared from './recommend.module.css';
import css from './list-card.module.css';

export interface ListCardProps {
  model: Model;
  person: ServedPerson;
  outcome: ListOutcome;
  items: EntityTable;
  /** Lists of the other models shown, to say where else an item stands. */
  others: { name: string; list: ServedList }[];
  /** Sliders have moved the list away from the model's own order. */
  adjusted: boolean;
  /** Source id of the item whose reasons stand open. */
  shown: string | null;
  onShow: (item: string | null) => void;
}

/** One model's list for one person, each row with its reasons a click away. */
export function ListCard({ model, person, outcome, items, others, adjusted, shown, onShow }: ListCardProps) {
  const { run, state, served } = model;
  const card = catalogue.find((c) => c.id === run.model.id);
  const frame = (children: ReactNode, aside?: ReactNode, padded = true): ReactNode => (
    <Card title={<span className={css.cut} title={run.name}>{clip(run.name, 60)}</span>} aside={aside ?? card?.name} padded={padded} className={css.list}>
      {children}
    </Card>
  );
  if (state.status !== 'open' || !served) return frame(<NotOpen model={model} />);
  if ('history' in person && !served.can.foldIn) {
    return frame(<p className={css.note}>{card?.name ?? 'This model'} cannot take in somebody who was not there when it was trained: every user has a place of their own in it. ItemKNN, EASE, SLIM, PureSVD, ALS and content kNN can.</p>);
  }
  if (outcome.problem) return frame(<ErrorPanel what={outcome.problem.what} remedy={outcome.problem.remedy} />);
  const { list } = outcome;
  if (!list) return frame(<p className={css.note}>Scoring {count(items.ids.length)} items…</p>);
  if (list.items.length === 0) return frame(<p className={css.note}>Nothing is left to recommend: what they have and what you leave out is everything.</p>);
  const held = new Map(list.heldOut.map((h) => [h.item, h]));
  const missed = list.heldOut.filter((h) => h.place === 0);
  const top = Math.max(...list.scores);
  const low = Math.min(0, ...list.scores);
  return frame(
    <>
      <ol className={css.rows} aria-label={`List by ${run.name}`} aria-busy={outcome.stale} data-stale={outcome.stale || undefined}>
        {Array.from(list.items, (item, n) => {
          const out = held.get(item);
          const elsewhere = others.flatMap((o) => {
            const at = o.list.items.indexOf(item);
            return at < 0 ? [] : [`at ${at + 1} in ${clip(o.name, 30)}`];
          });
          const id = items.ids[item]!;
          const open = shown === id;
          return (
            <li key={item} data-held={out?.part}>
              <UnstyledButton className={css.row} aria-expanded={open} onClick={() => onShow(open ? null : id)}>
                <span className={css.place}>{n + 1}</span>
                <span className={css.what}>
                  <span className={css.title} title={itemLabel(items, item)}>{clip(itemLabel(items, item))}</span>
                  <span className={css.second}>{secondLine(items, item)}</span>
                  {(out || elsewhere.length > 0) && (
                    <span className={css.second}>
                      {out && <b className={css.heldOut}>{out.part === 'test' ? 'held out for the test' : 'held out for validation'}</b>}
                      {out && elsewhere.length > 0 && ' · '}
                      {elsewhere.length > 0 && `also ${elsewhere.join(', ')}`}
                    </span>
                  )}
                </span>
                <span className={css.facts}>
                  <span className={css.scoreBar} aria-hidden="true">
                    <i style={{ width: `${top > low ? Math.max(2, (100 * (list.scores[n]! - low)) / (top - low)) : 100}%` }} />
                  </span>
                  <span className={css.figure} title="The model's own score">{score(list.scores[n]!)}</span>
                  <SliceBadge temperature={served.temperature[item] ?? 0} />
                  <span className={css.plays}>{plural(served.itemDegree[item] ?? 0, 'user')}</span>
                  {adjusted && list.places[n] !== n + 1 && <span className={css.plays} title="Place by the model's own score">was {count(list.places[n]!)}</span>}
                </span>
                <span className={css.arrow} aria-hidden="true">{open ? '▾' : '▸'}</span>
              </UnstyledButton>
              {open && <WhyPanel served={served} person={person} item={item} items={items} />}
            </li>
          );
        })}
      </ol>
      {missed.length > 0 && (
        <ul className={css.missed} aria-label="Held-out items below the list">
          {missed.slice(0, 4).map((h) => (
            <li key={`${h.part} ${h.item}`}>
              <span className={css.place}>{h.rank > 0 ? count(h.rank) : '–'}</span>
              <span className={css.what}>
                <span className={css.title}>{clip(itemLabel(items, h.item))}</span>
                <span className={css.second}>
                  <b className={css.heldOut}>held out for {h.part === 'test' ? 'the test' : 'validation'}</b>
                  {h.rank > 0 ? ` · rank ${count(h.rank)} by the model's own score` : ' · they have it already, so it is no candidate'}
                </span>
              </span>
              <SliceBadge temperature={served.temperature[h.item] ?? 0} />
            </li>
          ))}
        </ul>
      )}
      {list.placedBy && <p className={shared.placed}>{list.placedBy}</p>}
      {list.search && <SearchLine runId={run.id} search={list.search} stale={outcome.stale} />}
    </>,
    `of ${plural(list.candidates, 'candidate')}`,
    false,
  );
}

/** Models that cannot be asked yet, on tabs that show no lists: what they lack, and the way to get it. */
export function Unopened({ models }: { models: readonly Model[] }) {
  return models
    .filter((m) => m.state.status !== 'open' && m.state.status !== 'opening')
    .map((m) => (
      <Card key={m.run.id} title={clip(m.run.name, 60)} className={css.unopened}>
        <NotOpen model={m} />
      </Card>
    ));
}

function NotOpen({ model: { run, state } }: { model: Model }) {
  switch (state.status) {
    case 'missing':
      return (
        <div className={css.note}>
          <p>The weights of this run are not stored on this device: it came from a file, or newer runs took their room.</p>
          <Button onClick={() => void fitModelAgain(run.id)}>Fit it again</Button>
        </div>
      );
    case 'fitting':
      return <ProgressStrip label={state.label} value={state.fraction} onStop={() => stopFitting(run.id)} />;
    case 'failed':
      return (
        <div className={css.note}>
          <ErrorPanel title="This model could not be opened" what={state.what} place={state.place || undefined} remedy={state.remedy} />
          <Button variant="default" onClick={() => void ensureModel(run.id, true)}>Try again</Button>
          <Button variant="default" onClick={() => void fitModelAgain(run.id)}>Fit it again</Button>
        </div>
      );
    default:
      return <ProgressStrip label="Bringing the model back" value={null} />;
  }
}
