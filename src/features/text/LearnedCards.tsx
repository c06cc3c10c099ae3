import { Button, Select, TextInput, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { TopicTable } from '../../../workers/protocol';
import { useScreenCommands } from '../../app/commands';
import { askLearned, learnerBehind, textsBehind } from '../../app/learned-text';
import { setQuery, useQuery } from '../../app/url';
import { textWorker } from '../../app/workers';
import { held } from '../../app/workspace';
import { labelOf } from '../../core/dataset';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { count, percent, plural, rate } from '../../ui/format';
import { Help } from '../../ui/Help';
import { LineChart } from '../../ui/LineChart';
import { Reading } from '../../ui/Reading';
import { useQuestion } from './reasons';
import css from './TextScreen.module.css';

interface Source {
  column: string;
  encoder: string;
}

/** What these vectors, and only these, can show: topics of LDA, words of Word2Vec. */
export function LearnedCards(source: Source) {
  const learner = learnerBehind(source.encoder);
  if (learner?.id === 'lda') return <TopicsCard {...source} />;
  if (learner?.id === 'word2vec') return <WordsCard {...source} />;
  return null;
}

const TERMS = 10;
const EXAMPLES = 3;

function TopicsCard(source: Source) {
  const answer = useQuestion(`topics ${source.encoder}`, (options) => askLearned('topics', source, { terms: TERMS }, options));
  if (answer.state === 'failed') return <ErrorPanel title="The topics cannot be shown" what={answer.why} />;
  if (answer.state !== 'ready') return <Card title="Topics"><p className={css.hint}>Reading the texts again{answer.state === 'working' && answer.share !== null ? `: ${percent(answer.share)}` : '…'}</p></Card>;
  return <Topics table={answer.value} source={source} />;
}

function Topics({ table, source }: { table: TopicTable; source: Source }) {
  const wanted = useQuery().get('item');
  const items = held.data!.items;
  const K = table.topics.length;
  const examples = useMemo(() => table.topics.map((_, k) => Array.from(items.ids.keys()).sort((a, b) => table.shares[b * K + k]! - table.shares[a * K + k]! || a - b).slice(0, EXAMPLES)), [table, items, K]);
  const order = useMemo(() => table.topics.map((_, k) => k).sort((a, b) => table.topics[b]!.share - table.topics[a]!.share), [table]);
  const item = wanted === null ? -1 : items.ids.indexOf(wanted);
  const own = item >= 0 ? Array.from({ length: K }, (_, k) => table.shares[item * K + k]!) : null;
  const top = table.topics[order[0]!]!;
  return (
    <Card
      title="Topics"
      aside={<Help term="topics">A topic is a list of words that tend to occur together; a text is a mixture of topics. The bar is the topic’s share of all words{own ? ', the second one its share of the item chosen above' : ''}.</Help>}
      padded={false}
      footer={<Reading>the largest of {plural(K, 'topic')} holds {percent(top.share)} of the words ({top.terms.slice(0, 3).map((t) => t.term).join(', ')}). Perplexity {count(Math.round(table.perplexity))} on these texts; lower is better, and compares only with the same words.</Reading>}
    >
      <div className={css.scroll}>
        <table className={css.table}>
          <caption className="visually-hidden">Topics of {source.column} by share of words</caption>
          <thead>
            <tr>
              <th scope="col">Topic</th>
              <th scope="col">Share of words</th>
              {own && <th scope="col">In {labelOf(items, item)}</th>}
              <th scope="col">Most probable words</th>
              <th scope="col">Items most of this topic</th>
            </tr>
          </thead>
          <tbody>
            {order.map((k, n) => (
              <tr key={k}>
                <th scope="row">{n + 1}</th>
                <td>
                  <i className={css.bar} style={{ width: `${Math.round(120 * table.topics[k]!.share)}px` }} aria-hidden="true" />
                  {percent(table.topics[k]!.share)}
                </td>
                {own && (
                  <td>
                    <i className={css.bar} style={{ width: `${Math.round(60 * own[k]!)}px` }} aria-hidden="true" />
                    {percent(own[k]!)}
                  </td>
                )}
                <td className={css.wide}>{table.topics[k]!.terms.map(({ term }) => term).join(', ')}</td>
                <td className={css.wide}>
                  {examples[k]!.map((i, at) => (
                    <span key={i}>
                      {at > 0 && ', '}
                      <UnstyledButton className={css.plainName} onClick={() => setQuery({ item: items.ids[i] ?? null })}>
                        {labelOf(items, i)}
                      </UnstyledButton>
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <TopicCount {...source} />
    </Card>
  );
}

const COUNTS = [5, 10, 15, 20, 30, 40];

/** Held-out perplexity for several numbers of topics, when asked for. */
function TopicCount({ column, encoder }: Source) {
  const [asked, setAsked] = useState(false);
  const learner = learnerBehind(encoder);
  const answer = useQuestion(`count ${encoder}`, asked && learner?.id === 'lda' ? (options) => textWorker.call('topicCount', { texts: textsBehind(column), settings: learner.settings, counts: COUNTS }, options) : null);
  useScreenCommands(asked ? [] : [{ id: 'text topics', group: 'Text', label: 'How many topics?', description: 'Held-out perplexity for several numbers of them', run: () => setAsked(true) }]);
  const best = answer.state === 'ready' ? answer.value.reduce((a, b) => (b.perplexity < a.perplexity ? b : a)) : null;
  return (
    <div className={css.peek}>
      {!asked && (
        <Button variant="default" onClick={() => setAsked(true)}>
          How many topics?
        </Button>
      )}
      {answer.state === 'working' && (
        <p className={css.hint} aria-live="polite">
          Learning {COUNTS.join(', ')} topics from nine tenths of the texts{answer.share !== null ? `: ${percent(answer.share)}` : '…'}{' '}
          <Button variant="subtle" onClick={() => setAsked(false)}>
            Stop
          </Button>
        </p>
      )}
      {answer.state === 'failed' && <ErrorPanel title="The numbers of topics cannot be compared" what={answer.why} />}
      {answer.state === 'ready' && best && (
        <>
          <LineChart title="Held-out perplexity by number of topics" series={[{ id: 'perplexity', label: 'perplexity', tone: 'all', points: answer.value.map(({ topics, perplexity }) => ({ x: topics, y: perplexity })) }]} xLabel="topics" yFormat={(y) => count(Math.round(y))} exportName="topics-perplexity" />
          <Reading>
            of these, {best.topics} topics predict the second half of held-out texts best (perplexity {count(Math.round(best.perplexity))}). One tenth of the texts was held out, so small differences mean little.
          </Reading>
        </>
      )}
    </div>
  );
}

const WORDS = 24;
const split = (text: string): string[] => text.split(/[\s,+]+/).filter(Boolean);

function WordsCard(source: Source) {
  const [plus, setPlus] = useState('');
  const [minus, setMinus] = useState('');
  const [asked, setAsked] = useState<{ plus: string[]; minus: string[] }>({ plus: [], minus: [] });
  const answer = useQuestion(`words ${source.encoder} ${asked.plus.join(' ')} - ${asked.minus.join(' ')}`, (options) => askLearned('words', source, { ...asked, k: WORDS }, options));
  const ready = answer.state === 'ready' ? answer.value : null;
  const go = (): void => setAsked({ plus: split(plus), minus: split(minus) });
  const examples = ready?.common ?? [];
  return (
    <Card title="Words" aside={<Help term="word vectors">Words used in like surroundings get like vectors. “plus” words are added up, “minus” words taken away: king − man + woman.</Help>} padded={false}>
      <form
        className={css.ask2}
        onSubmit={(e) => {
          e.preventDefault();
          go();
        }}
      >
        <TextInput label="Words" placeholder={examples.slice(0, 2).join(' ')} value={plus} onChange={(e) => setPlus(e.currentTarget.value)} />
        <TextInput label="minus" placeholder="none" value={minus} onChange={(e) => setMinus(e.currentTarget.value)} />
        <Button type="submit" variant="default" disabled={split(plus).length === 0}>
          Find the nearest words
        </Button>
        {examples.length > 0 && (
          <Select
            label="Or try"
            placeholder="a word of these texts"
            data={examples}
            value={null}
            onChange={(w) => {
              if (w === null) return;
              setPlus(w);
              setMinus('');
              setAsked({ plus: [w], minus: [] });
            }}
          />
        )}
      </form>
      {answer.state === 'failed' && <ErrorPanel title="No answer" what={answer.why} />}
      {answer.state === 'working' && <p className={`${css.hint} ${css.peek}`}>Reading the texts again{answer.share !== null ? `: ${percent(answer.share)}` : '…'}</p>}
      {ready && ready.unknown.length > 0 && (
        <p className={`${css.hint} ${css.peek}`}>
          These texts have too few of: {ready.unknown.join(', ')}. They have, for instance, {ready.common.join(', ')}.
        </p>
      )}
      {ready && ready.words.length > 0 && (
        <ol className={css.words} aria-label="Nearest words" aria-live="polite">
          {ready.words.map(({ word, cosine, count: n }) => (
            <li key={word} title={`${plural(n, 'occurrence')} in these texts`}>
              <span>{word}</span> <span>{rate(cosine, 2)}</span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
