import { Button } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { registerCommands } from '../../app/commands';
import type { ExploreSchema } from '../../app/explore';
import { navigate, setQuery, useQuery } from '../../app/url';
import { held, useWorkspace, type DataFacts } from '../../app/workspace';
import type { DataSet } from '../../core/dataset';
import { loneTable, rowsAsItems } from '../../core/lone-table';
import { Card } from '../../ui/Card';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { bytes, count, plural } from '../../ui/format';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { Screen } from '../../ui/Screen';
import { Activity } from './Activity';
import { FilterBar } from './FilterBar';
import { Items } from './Items';
import { LoneOverview } from './LoneOverview';
import { OverTime } from './OverTime';
import { Overview } from './Overview';
import { Quality } from './Quality';
import { goTo, isSection, LONE_SECTIONS, SECTIONS } from './sections';
import { SessionProvider, useOpening, useSessionOf } from './session';
import { Texts } from './Texts';
import { Users } from './Users';
import { capital, exploreNouns } from './words';
import css from './explore.module.css';

const TITLE = 'Explore';
const QUESTION = 'What is in my data, and what will it do to my models?';
/** Past this a brush may take half a second and the worker's copy several hundred megabytes. */
const LARGE = 6_000_000;

export function ExploreScreen() {
  const facts = useWorkspace((s) => s.data);
  // `held` lies outside React; `facts` changes whenever it does.
  const data = useMemo(() => (facts ? held.data : null), [facts]);
  const [agreed, setAgreed] = useState<string | null>(null);
  const large = facts !== null && facts.counts.interactions > LARGE && agreed !== facts.hash;
  const { opening, retry, stop } = useOpening(data, !large);

  if (!facts || !data) {
    return (
      <Screen title={TITLE} subtitle={QUESTION}>
        <Card>
          <EmptyState title="No data yet" text="Who is active, what is popular, what happened when, which columns mean something, and what would spoil a result: all of it is shown here once a data set is open." action={<Button onClick={() => navigate('data')}>Go to Data</Button>} />
        </Card>
      </Screen>
    );
  }
  if (large) {
    return (
      <Screen title={TITLE} subtitle={QUESTION}>
        <Card>
          <EmptyState
            title="This is a lot to look at"
            text={`${plural(facts.counts.interactions, 'interaction')} are copied to a background worker (about ${bytes(facts.counts.interactions * 90)} more memory), and each filter may take half a second or longer. A k-core or a minimum value on the Data screen makes it lighter.`}
            action={
              <>
                <Button onClick={() => setAgreed(facts.hash)}>Explore all the same</Button>
                <Button variant="default" onClick={() => navigate('data', { at: 'cleaning' })}>
                  Go to Cleaning
                </Button>
              </>
            }
          />
        </Card>
      </Screen>
    );
  }
  if (opening.state === 'open') return <Explored key={opening.key} facts={facts} data={data} dataKey={opening.key} schema={opening.schema} />;
  return (
    <Screen title={TITLE} subtitle={QUESTION}>
      {opening.state === 'opening' && (
        <Card padded={false}>
          <ProgressStrip label={`Counting ${loneTable(facts.counts) ? plural(facts.counts.items + facts.counts.users, 'row') : plural(facts.counts.interactions, 'interaction')} by every column`} value={null} onStop={stop} />
        </Card>
      )}
      {opening.state === 'stopped' && (
        <Card>
          <EmptyState title="Stopped" text="The data was not counted. It is still loaded." action={<Button onClick={retry}>Count again</Button>} />
        </Card>
      )}
      {opening.state === 'failed' && (
        <ErrorPanel
          title="The data could not be counted"
          what={opening.fault.what}
          remedy={
            <>
              {opening.fault.remedy} <Button variant="default" onClick={retry}>Try again</Button>
            </>
          }
        />
      )}
    </Screen>
  );
}

function Explored({ facts, data, dataKey, schema }: { facts: DataFacts; data: DataSet; dataKey: string; schema: ExploreSchema }) {
  const { alone } = schema;
  const nouns = useMemo(() => exploreNouns(facts.recipe, alone), [facts.recipe, alone]);
  const shown = useMemo(() => (alone ? rowsAsItems(data, alone) : data), [data, alone]);
  const session = useSessionOf(shown, facts.hash, dataKey, schema, nouns);
  const parts = useMemo(() => (alone ? SECTIONS.filter((s) => LONE_SECTIONS.includes(s.id)) : SECTIONS), [alone]);
  const sections = useMemo(() => parts.map((s) => s.id), [parts]);

  // A link to a part leads there, also from another part.
  const wanted = useQuery().get('section');
  useEffect(() => {
    if (isSection(wanted)) goTo(wanted);
  }, [wanted]);
  useEffect(
    () =>
      registerCommands([
        ...parts.map((s) => ({ id: `explore ${s.id}`, label: `Explore: ${s.title}`, group: 'Explore', description: s.question, run: () => { setQuery({ section: s.id }); goTo(s.id); } })),
        { id: 'explore clear filters', label: 'Clear all filters', group: 'Explore', run: () => session.clear() },
      ]),
    [session, parts],
  );

  return (
    <Screen
      title={TITLE}
      subtitle={QUESTION}
      chips={[facts.name, ...(facts.rules.some((r) => r.kind === 'core') ? ['after a k-core'] : [])]}
      actions={
        !alone && (
          <Button variant="default" onClick={() => navigate('train')}>
            Train on it
          </Button>
        )
      }
    >
      <SessionProvider value={session}>
        <FilterBar sections={sections} />
        {session.fault && <ErrorPanel title="The filters could not be counted" what={session.fault.what} remedy={session.fault.remedy} />}
        {session.brush.counts.interactions === 0 ? (
          <Card>
            <EmptyState title="Nothing is left" text={`No ${nouns.row} meets all of these filters. Take one of them away.`} action={<Button onClick={() => session.clear()}>Clear all filters</Button>} />
          </Card>
        ) : null}
        {alone ? (
          <LoneOverview />
        ) : (
          <>
            <Overview />
            <Activity />
            <OverTime />
            <Users />
          </>
        )}
        <Items />
        <Texts />
        <Quality />
        <p className={css.note}>
          {capital(nouns.rows)} counted in {session.brush.milliseconds < 1 ? 'under 1' : count(session.brush.milliseconds)} ms after the last filter.
        </p>
      </SessionProvider>
    </Screen>
  );
}
