import { Button, Tabs } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useScreenCommands } from '../../app/commands';
import { fitModelAgain, QUICK_MODEL, stopFitting, trainQuickModel } from '../../app/recommend';
import { useRuns } from '../../app/runs';
import { useTrain } from '../../app/train';
import { shareDone } from '../../app/train-live';
import { navigate } from '../../app/url';
import { held, useWorkspace } from '../../app/workspace';
import { Problem } from '../../core/problem';
import { catalogue } from '../../models/catalogue';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { ProgressStrip } from '../../ui/ProgressStrip';
import { Screen } from '../../ui/Screen';
import { TABS, useAddress, writeAddress, type Tab } from './address';
import { clip } from './item-words';
import { Unopened } from './ListCard';
import { chosenRuns, JUDGES_OF_NEW, ModelBar, useFittingRuns } from './ModelBar';
import { NewUserTab } from './NewUserTab';
import { PersonTab } from './PersonTab';
import { useModels } from './use-models';
import css from './recommend.module.css';

// The map's and the encoder's code is fetched when asked for.
const NewSongTab = lazy(async () => ({ default: (await import('./NewSongTab')).NewSongTab }));
const MapTab = lazy(async () => ({ default: (await import('./map/MapTab')).MapTab }));
const IndexTab = lazy(async () => ({ default: (await import('./index-tab/IndexTab')).IndexTab }));

const NAMES: Record<Tab, string> = { person: 'Person', 'new-user': 'New user', 'new-song': 'New item', map: 'Map', index: 'Index' };

/** What would it say to this person? */
export function RecommendScreen() {
  const hash = useWorkspace((s) => s.data?.hash ?? null);
  const loaded = useRuns((s) => s.loaded);
  const { fitting, others } = useFittingRuns();
  const address = useAddress();
  const chosen = chosenRuns(address.runs, fitting, address.tab === 'new-song' ? JUDGES_OF_NEW : []);
  const models = useModels(chosen);
  useScreenCommands(
    models.flatMap((m) => [
      ...(m.state.status === 'missing' ? [{ id: `fit ${m.run.id}`, group: 'Recommend', label: `Fit again: ${clip(m.run.name, 60)}`, run: () => void fitModelAgain(m.run.id) }] : []),
      ...(m.state.status === 'fitting' ? [{ id: `unfit ${m.run.id}`, group: 'Recommend', label: `Stop fitting ${clip(m.run.name, 60)}`, run: () => stopFitting(m.run.id) }] : []),
    ]),
  );
  const frame = (children: React.ReactNode): React.ReactNode => (
    <Screen title="Recommend" subtitle="What would it say to this person?">
      {children}
    </Screen>
  );
  if (hash === null || !held.data) {
    return frame(<EmptyState title="Nobody to recommend to yet" text="Open the demo or your own files first. Then train a model and ask it about a person, about somebody new, or about an item nobody has heard." action={<Button onClick={() => navigate('data')}>Go to Data</Button>} />);
  }
  if (!loaded) return frame(<output className={css.hint}>Looking for runs…</output>);
  if (fitting.length === 0) return frame(<NoRun others={others} />);
  const missing = address.runs.filter((id) => !fitting.some((r) => r.id === id)).length;
  const data = held.data;
  return frame(
    <>
      {missing > 0 && <output className={css.hint}>{missing === 1 ? 'A run' : `${missing} runs`} this address asks for {missing === 1 ? 'is' : 'are'} not on this device, or of other data.</output>}
      <ModelBar chosen={chosen} fitting={fitting} others={others} />
      <Tabs value={address.tab} onChange={(tab) => tab && writeAddress({ tab: tab as Tab, ...(address.tab === 'new-song' ? { runs: chosen.map((r) => r.id) } : {}) })} keepMounted={false} className={css.tabs}>
        <Tabs.List>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {NAMES[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {(address.tab === 'new-song' || address.tab === 'map' || address.tab === 'index') && <Unopened models={models} />}
        <Tabs.Panel value="person">
          <PersonTab data={data} models={models} address={address} />
        </Tabs.Panel>
        <Tabs.Panel value="new-user">
          <NewUserTab data={data} models={models} address={address} />
        </Tabs.Panel>
        <Tabs.Panel value="new-song">
          <Suspense fallback={<output className={css.hint}>Opening…</output>}>
            <NewSongTab data={data} models={models} others={fitting.filter((r) => !chosen.includes(r))} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="map">
          <Suspense fallback={<output className={css.hint}>Opening the map…</output>}>
            <MapTab data={data} models={models} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="index">
          <Suspense fallback={<output className={css.hint}>Opening…</output>}>
            <IndexTab models={models} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>,
  );
}

/** Data, and no model that knows them: one click trains a quick one and comes back. */
function NoRun({ others }: { others: number }) {
  const live = useTrain((s) => s.live);
  const failure = useTrain((s) => s.failure);
  const [problem, setProblem] = useState<{ what: string; remedy: string } | null>(null);
  const name = catalogue.find((c) => c.id === QUICK_MODEL)?.name ?? QUICK_MODEL;
  const go = async (): Promise<void> => {
    setProblem(null);
    try {
      const id = await trainQuickModel();
      if (id) writeAddress({ runs: [id] });
    } catch (error) {
      setProblem(error instanceof Problem ? { what: error.what, remedy: error.remedy } : { what: String(error), remedy: 'Try again.' });
    }
  };
  return (
    <>
      {problem && <ErrorPanel what={problem.what} remedy={problem.remedy} onDismiss={() => setProblem(null)} />}
      {!problem && failure && <ErrorPanel title="Training stopped" what={failure.what} remedy={failure.remedy ?? undefined} />}
      {live ? (
        <ProgressStrip label={`Training ${live.name}${live.phase ? `: ${live.phase.label}` : ''}`} value={shareDone(live)} />
      ) : (
        <EmptyState
          title="No model knows this data yet"
          text={`Lists come from a finished run. ${name} is fitted in seconds on most data, says why, and takes in new users at once; any other model can be trained on the Train screen.${others > 0 ? ' The runs on this device are of other data.' : ''}`}
          action={
            <>
              <Button onClick={() => void go()}>Train {name}</Button>
              <Button variant="default" onClick={() => navigate('train')}>Choose on the Train screen</Button>
            </>
          }
        />
      )}
    </>
  );
}
