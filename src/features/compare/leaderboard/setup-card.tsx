/** What to run: models, seeds, protocol, and what it will cost. */
import { Anchor, Button, NumberInput, Select, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { newId } from '../../../core/new-id';
import { mostWorkers, startPlan, usualWorkers, usePlans } from '../../../app/queue';
import { useRuns } from '../../../app/runs';
import { formatHash, navigate } from '../../../app/url';
import { useWorkspace } from '../../../app/workspace';
import { Problem } from '../../../core/problem';
import { Card } from '../../../ui/Card';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { localTime, plural, seconds } from '../../../ui/format';
import { FieldLabel } from '../../train/param-field';
import { ModelRow } from './model-row';
import { planOf, prepare, type Prepared } from './plan-of';
import { splitWords } from './split-words';
import { addContender, changeSetup, rankers, resetSetup, showBoard, useBoard } from './store';
import panes from '../../../ui/panes.module.css';
import css from './leaderboard.module.css';

const BUILD = import.meta.env.VITE_BUILD ?? 'development';

export function SetupCard() {
  const setup = useBoard((s) => s.setup);
  const problems = useBoard((s) => s.problems);
  const data = useWorkspace((s) => s.data);
  const split = useWorkspace((s) => s.split);
  const vectors = useWorkspace((s) => s.vectors);
  const runs = useRuns((s) => s.runs);
  const plans = usePlans();
  const [workers, setWorkers] = useState(usualWorkers());
  const [fault, setFault] = useState<Problem | null>(null);
  const busy = plans.find((p) => p.running && p.plan.kind === 'leaderboard');
  const prepared = useMemo(() => prepare(setup, { catalogue: rankers, data, vectors, split, runs, build: BUILD }), [setup, data, vectors, split, runs]);

  const run = (): void => {
    if (!data || prepared.obstacle) return;
    const id = newId();
    const now = new Date();
    const models = setup.contenders.length;
    const title = `${plural(models, 'model')} on ${data.name}, ${localTime(now)}`;
    try {
      startPlan(planOf(prepared, title, data.hash, id, now), { workers, finished: prepared.finished });
      showBoard(id);
      setFault(null);
      showResults();
    } catch (error) {
      setFault(error instanceof Problem ? error : new Problem(error instanceof Error ? error.message : String(error), {}, 'Try again.'));
    }
  };

  return (
    <Card
      title="Models to compare"
      className={css.setup}
      aside={
        <UnstyledButton className={panes.link} onClick={resetSetup}>
          Six quick ones
        </UnstyledButton>
      }
    >
      <div className={css.form}>
        {problems.length > 0 && (
          <output className={panes.warning}>
            <strong>Not everything in this link could be used.</strong> {problems.join(' ')}
          </output>
        )}
        <ul className={css.models} aria-label="Models on the board">
          {setup.contenders.map((c, k) => (
            <ModelRow key={c.id} contender={c} place={k + 1} />
          ))}
        </ul>
        <Select aria-label="Add a model" placeholder="Add a model" data={rankers.map((c) => ({ value: c.id, label: c.name }))} value={null} searchable onChange={(id) => id && addContender(id)} />
        <div>
          <FieldLabel htmlFor="board-seeds" label="Seeds" help="Each model with chance in it is trained once with every seed; the table shows the mean and its spread. Models without chance are trained once." />
          <TextInput id="board-seeds" value={setup.seeds} error={prepared.obstacle && /seed/i.test(prepared.obstacle) ? prepared.obstacle : undefined} onChange={(e) => changeSetup({ seeds: e.currentTarget.value })} />
        </div>
        <div>
          <FieldLabel label="Protocol" help="All models are measured on one split: the same held-out items, the same candidates." />
          <p className={css.fact}>
            {splitWords(split)}.{' '}
            <Anchor href={formatHash('data')} inherit underline="always" onClick={() => navigate('data')}>
              Change it
            </Anchor>
          </p>
        </div>
        {mostWorkers() > 1 && (
          <NumberInput label="Runs at a time" value={workers} min={1} max={mostWorkers()} clampBehavior="strict" allowDecimal={false} onChange={(v) => typeof v === 'number' && setWorkers(v)} />
        )}
        <Switch label="Take finished runs with the same settings" checked={setup.reuse} onChange={(e) => changeSetup({ reuse: e.currentTarget.checked })} />
        <Cost prepared={prepared} workers={workers} />
        {fault && <ErrorPanel what={fault.what} remedy={fault.remedy} onDismiss={() => setFault(null)} />}
        <Button fullWidth disabled={prepared.obstacle !== null || busy !== undefined} onClick={run}>
          Run
        </Button>
        {busy && <p className={css.fact}>“{busy.plan.title}” is running. Stop it, or wait, before the next.</p>}
      </div>
    </Card>
  );
}

/** In one column the results lie below the form, so Run goes there. */
const RESULTS = 'leaderboard-results';
const showResults = (): void => {
  if (window.matchMedia('(max-width: 820px)').matches) document.getElementById(RESULTS)?.scrollIntoView({ block: 'start' });
};

/** What Run would do, before it is pressed. */
function Cost({ prepared, workers }: { prepared: Prepared; workers: number }) {
  if (prepared.obstacle) return <p className={css.fault}>{prepared.obstacle}</p>;
  const reused = prepared.runs.length - prepared.toTrain;
  const taken = reused > 0 ? ` ${plural(reused, 'run')} of the same settings ${reused === 1 ? 'is' : 'are'} there already and ${reused === 1 ? 'is' : 'are'} taken as ${reused === 1 ? 'it is' : 'they are'}.` : '';
  if (prepared.toTrain === 0) return <p className={css.fact}>Nothing to train.{taken}</p>;
  const { known } = prepared;
  const unknown = prepared.toTrain - known.runs;
  const time = known.runs === 0
    ? 'How long is not known: none of these has run on these data yet.'
    : `About ${seconds(known.seconds / Math.min(workers, known.runs))}${unknown > 0 ? ` and ${plural(unknown, 'run')} nothing is known of yet` : ''}, by earlier runs.`;
  return (
    <p className={css.fact}>
      {plural(prepared.toTrain, 'run')} to train. {time}
      {taken}
    </p>
  );
}
