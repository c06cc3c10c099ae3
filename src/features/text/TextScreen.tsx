import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { registerCommands } from '../../app/commands';
import { columnsOfName, textColumnFacts } from '../../app/text-columns';
import { checkEncoders, chooseColumns, dismissTextError, embedColumns, permitHub, chooseEncoder, stopEmbedding, textStore, useText } from '../../app/text';
import { navigate, setQuery, useQuery } from '../../app/url';
import { held, useWorkspace } from '../../app/workspace';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { count, percent, plural, seconds } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { Screen } from '../../ui/Screen';
import { EmbedCard } from './EmbedCard';
import { NeighboursCard } from './NeighboursCard';
import { trainWith, VectorsCard } from './VectorsCard';
import { chosenEncoder } from './chosen-encoder';
import { SideBySideCard } from './SideBySideCard';
import css from './TextScreen.module.css';

// The map's painter and the learners' charts are fetched when there is something to draw.
const LearnedCards = lazy(async () => ({ default: (await import('./LearnedCards')).LearnedCards }));
const MapCard = lazy(async () => ({ default: (await import('./MapCard')).MapCard }));

const TITLE = 'Text';
const QUESTION = 'What do the texts know?';

/** Choose columns, embed them, and look whether near vectors mean near items. */
export function TextScreen() {
  const data = useWorkspace((s) => s.data);
  const vectors = useWorkspace((s) => s.vectors);
  const query = useQuery();
  // `held` lies outside React; `data` changes whenever it does.
  const items = useMemo(() => (data ? (held.data?.items ?? null) : null), [data]);
  const columns = useMemo(() => (items ? textColumnFacts(items) : []), [items]);

  useEffect(() => {
    if (columns.length === 0) return;
    void checkEncoders();
    const chosen = textStore.getState().columns.filter((name) => columns.some((c) => c.name === name));
    const fresh = columns.find((c) => !held.vectors.size || ![...held.vectors.values()].some((v) => v.column === c.name)) ?? columns[0]!;
    chooseColumns(chosen.length ? chosen : [fresh.name]);
  }, [columns]);

  useEffect(() => {
    if (columns.length === 0) return;
    return registerCommands([
      ...columns.map((c) => ({ id: `embed ${c.name}`, label: `Embed ${c.name}`, group: 'Text', description: 'With the encoder chosen on this screen', run: () => void embedColumns([c.name], chosenEncoder()) })),
      { id: 'stop embedding', label: 'Stop embedding', group: 'Text', run: stopEmbedding },
    ]);
  }, [columns]);

  if (!data || !items) {
    return (
      <Screen title={TITLE} subtitle={QUESTION}>
        <Card>
          <EmptyState
            title="No data yet"
            text="Titles, artist names, lyrics and summaries of your items become vectors here, so that a model can place items nobody has played. Open the demo or your own files first."
            action={<Button onClick={() => navigate('data')}>Go to Data</Button>}
          />
        </Card>
      </Screen>
    );
  }
  if (columns.length === 0 && vectors.length === 0) {
    return (
      <Screen title={TITLE} subtitle={QUESTION}>
        <Card>
          <EmptyState
            title="These items have no text"
            text={`${data.name} has ${plural(data.counts.items, 'item')} but no column with titles, names or longer texts. Add an items file on the Data screen and map one of its columns as title, artist or text; models train without text, too.`}
            action={
              <>
                <Button onClick={() => navigate('data')}>Go to Data</Button>
                <Button variant="default" onClick={() => navigate('train')}>
                  Train without text
                </Button>
              </>
            }
          />
        </Card>
      </Screen>
    );
  }

  const shown = vectors.find((v) => v.key === query.get('vectors')) ?? vectors[vectors.length - 1] ?? null;
  return (
    <Screen
      title={TITLE}
      subtitle={QUESTION}
      chips={vectors.length ? [`${plural(vectors.length, 'set')} of vectors`] : []}
      actions={
        shown && (
          <Button onClick={() => trainWith(shown, vectors)}>
            Train with these vectors
          </Button>
        )
      }
    >
      <div className={css.page}>
        <EmbedCard columns={columns} items={data.counts.items} />
        <div className={css.right}>
          <Running />
          <Fault />
          <VectorsCard vectors={vectors} shown={shown?.key ?? null} items={data.counts.items} onShow={(key) => setQuery({ vectors: key })} />
          {shown && <NeighboursCard key={`${data.hash} ${shown.key}`} vectorKey={shown.key} columns={columnsOfName(items, shown.column)} />}
          {shown && (
            <Suspense fallback={null}>
              <LearnedCards key={`learned ${data.hash} ${shown.key}`} column={shown.column} encoder={shown.encoder} />
            </Suspense>
          )}
          {shown && held.vectors.has(shown.key) && (
            <Suspense fallback={null}>
              <MapCard key={`map ${data.hash} ${shown.key}`} vectorKey={shown.key} vectors={vectors} />
            </Suspense>
          )}
          {vectors.length > 1 && <SideBySideCard key={`side ${data.hash}`} vectors={vectors} />}
        </div>
      </div>
    </Screen>
  );
}

function Running() {
  const progress = useText((s) => s.progress);
  if (!progress) return null;
  const d = progress.details;
  const details = d
    ? [
        d.total ? `${count(d.done)} of ${plural(d.total, 'text')}` : 'all found in the cache',
        ...(d.reused && d.total ? [`${count(d.reused)} from the cache`] : []),
        ...(d.secondsLeft !== null ? [`${seconds(d.secondsLeft)} left`] : []),
      ]
    : progress.value !== null
      ? [percent(progress.value)]
      : [];
  return (
    <Card padded={false}>
      <ProgressStrip label={progress.label} value={progress.value} details={details} onStop={stopEmbedding} />
    </Card>
  );
}

function Fault() {
  const error = useText((s) => s.error);
  const allowHub = useText((s) => s.allowHub);
  if (!error) return null;
  return (
    <ErrorPanel
      title="The texts were not embedded"
      what={error.what}
      place={error.place}
      remedy={
        <>
          {error.remedy}
          {error.noWeights && (
            <span className={css.choices}>
              {!allowHub && (
                <Button variant="default" onClick={permitHub}>
                  Allow the model hub
                </Button>
              )}
              <Button variant="default" onClick={() => chooseEncoder('hashed-ngrams')}>
                Use hashed n-grams
              </Button>
            </span>
          )}
        </>
      }
      onDismiss={dismissTextError}
    />
  );
}
