import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { embedSentences } from '../../app/text';
import { percent, rate } from '../../ui/format';
import { useQuestion } from './reasons';
import { MOST_SENTENCES, nearestPairs, sentencesOf } from './sentences';
import css from './TextScreen.module.css';

const PAIRS = 3;

/** Why MiniLM takes two texts for near: their nearest sentences, embedded when asked for. */
export function SentencesWhy({ a, b, name }: { a: string; b: string; name: string }) {
  const [asked, setAsked] = useState(false);
  const answer = useQuestion(
    `sentences ${a}\n${b}`,
    asked
      ? async ({ signal, onProgress }) => {
          const [left, right] = [sentencesOf(a), sentencesOf(b)];
          const { vectors, dim } = await embedSentences([...left, ...right], signal, (share) => onProgress({ done: share, total: 1 }));
          return { pairs: nearestPairs(left, right, vectors, dim, PAIRS), cut: left.length === MOST_SENTENCES || right.length === MOST_SENTENCES };
        }
      : null,
  );
  if (!asked) {
    return (
      <UnstyledButton className={`${css.reasons} ${css.plainName}`} onClick={() => setAsked(true)} aria-label={`Nearest sentences of ${name}`}>
        Nearest sentences
      </UnstyledButton>
    );
  }
  if (answer.state === 'failed') return <p className={css.reasons} role="alert">{answer.why}</p>;
  if (answer.state !== 'ready') return <p className={css.reasons}>Embedding the sentences{answer.state === 'working' && answer.share !== null ? `: ${percent(answer.share)}` : '…'}</p>;
  return (
    <ul className={css.reasons} aria-label={`Nearest sentences of ${name}`}>
      {answer.value.pairs.map((p) => (
        <li key={`${p.a}\n${p.b}`} style={{ display: 'block' }}>
          “{p.b}” <b>{rate(p.cosine, 2)}</b> “{p.a}”
        </li>
      ))}
      {answer.value.cut && <li style={{ display: 'block' }}>Of the first {MOST_SENTENCES} sentences.</li>}
    </ul>
  );
}
