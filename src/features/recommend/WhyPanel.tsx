import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { ServedPerson, ServedWhy } from '../../../workers/protocol';
import type { EntityTable } from '../../core/dataset';
import { wordsThatMatter } from '../../app/recommend';
import type { Served } from '../../app/serve';
import { columnsOfName, textsOf } from '../../app/text-columns';
import { held } from '../../app/workspace';
import { messageOf, Problem } from '../../core/problem';
import { percent, plural, rate } from '../../ui/format';
import { clip, itemLabel } from './item-words';
import listCss from './list-card.module.css';
import shared from './recommend.module.css';
import css from './why-panel.module.css';

/** Why one item stands in the list: what the model says, then what can be seen from outside. */
export function WhyPanel({ served, person, item, items }: { served: Served; person: ServedPerson; item: number; items: EntityTable }) {
  const key = JSON.stringify([person, item]);
  const [answer, setAnswer] = useState<{ key: string; why: ServedWhy | null; problem: string | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    const [who, what] = JSON.parse(key) as [ServedPerson, number];
    served.explain(who, what).then(
      (why) => wanted && setAnswer({ key, why, problem: null }),
      (error: unknown) => wanted && setAnswer({ key, why: null, problem: error instanceof Problem ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [served, key]);
  const why = answer?.key === key ? answer.why : null;
  if (answer?.key === key && answer.problem) return <p className={css.why}>{answer.problem}</p>;
  if (!why) return <p className={css.why}>Asking the model…</p>;
  const folded = 'history' in person;
  return (
    <div className={css.why}>
      <Part title="The model says">
        {why.reasons && why.reasons.length > 0 ? (
          <ul>
            {why.reasons.map((r, n) => (
              <li key={n}>
                {r.weight !== undefined && <Share of={r.weight} most={Math.max(...why.reasons!.map((x) => Math.abs(x.weight ?? 0)))} />}
                <span>{clip(r.text, 160)}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p>
            {why.reasons
              ? 'Nothing in this history speaks for it by itself: its score comes from what everybody has.'
              : folded && served.can.explain ? 'This model gives reasons only for users it was trained on. What follows is seen from outside.' : 'This model cannot say why: its score is no sum of parts that mean something. What follows is seen from outside.'}
          </p>
        )}
      </Part>
      {why.nearest.length > 0 && (
        <Part title={why.nearestBy === 'model' ? 'Nearest in the history, as the model sees items' : why.nearestBy === 'text' ? 'Nearest in the history, by text' : 'Nearest in the history, by who has both'}>
          <ul>
            {why.nearest.map((n) => (
              <li key={n.item}>
                <span className={listCss.figure}>{rate(n.similarity, 3)}</span>
                <span>{clip(itemLabel(items, n.item))}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {why.shared.length > 0 && (
        <Part title="What it shares with the history">
          <ul>
            {why.shared.map((s) => (
              <li key={`${s.column} ${s.level}`}>
                <span>
                  {s.column} <b>{clip(s.level, 60)}</b>: {s.inHistory} of {plural(why.historyLength, 'item')}, {percent(s.catalogueShare)} of the catalogue
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {why.text && (
        <Part title={`Text (${why.text.column})`}>
          <p>
            Cosine {rate(why.text.similarity, 3)} to “{clip(itemLabel(items, why.text.item))}”, the most similar text in the history.{' '}
            {why.text.words.length > 0 ? (
              <>
                Words both have, by their share of the tf-idf likeness:{' '}
                {why.text.words.map((w) => (
                  <span key={w.word} className={css.word}>
                    {clip(w.word, 24)} <small>{percent(w.share)}</small>
                  </span>
                ))}
              </>
            ) : (
              'They have no telling word in common: what is alike is the meaning the encoder sees.'
            )}
          </p>
          <LeftOut key={`${item} ${why.text.item}`} column={why.text.column} item={item} like={why.text.item} items={items} />
        </Part>
      )}
    </div>
  );
}

/** On demand: the item's text is embedded again without each of its words. */
function LeftOut({ column, item, like, items }: { column: string; item: number; like: number; items: EntityTable }) {
  const [state, setState] = useState<{ words: { word: string; fall: number }[] } | { problem: string } | 'working' | null>(null);
  const vectors = [...held.vectors.values()].find((v) => v.column === column);
  const columns = columnsOfName(items, column);
  if (!vectors || !columns) return null;
  const ask = (): void => {
    const text = textsOf(items, columns)?.[item] ?? '';
    setState('working');
    wordsThatMatter(text, vectors.vectors.slice(like * vectors.dim, (like + 1) * vectors.dim), vectors).then(
      (words) => setState({ words: words.slice(0, 8) }),
      (error: unknown) => setState({ problem: messageOf(error) }),
    );
  };
  if (state === null) return <Button variant="subtle" className={shared.more} onClick={ask}>Which words does the encoder go by?</Button>;
  if (state === 'working') return <output>Leaving out one word after another…</output>;
  if ('problem' in state) return <output>{state.problem}</output>;
  return (
    <p>
      {state.words.length === 0 ? 'No single word carries it: without any one of them the texts stay as alike.' : 'Without this word the cosine falls by: '}
      {state.words.map((w) => (
        <span key={w.word} className={css.word}>
          {clip(w.word, 24)} <small>{rate(w.fall, 3)}</small>
        </span>
      ))}
    </p>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <h3>{title}</h3>
    {children}
  </div>
);

/** Share of the score, written, and drawn beside the largest one; a reason against it points the other way. */
const Share = ({ of, most }: { of: number; most: number }) => (
  <span className={css.share} data-against={of < 0 || undefined}>
    <i style={{ width: `${most > 0 ? Math.max(4, (100 * Math.abs(of)) / most) : 0}%` }} />
    <span>{of < 0 ? '−' : ''}{percent(Math.abs(of))}</span>
  </span>
);
