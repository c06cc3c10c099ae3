/** The best trial, how many it was the best of, and the way to its run. */
import { Button } from '@mantine/core';
import { doneCount, statusOf, trialsOf, winnerOf, type StudyEntry } from '../../../app/search/study';
import { useRuns } from '../../../app/runs';
import { useRatings } from '../../../app/ratings';
import { useTrain } from '../../../app/train';
import { useWorkspace } from '../../../app/workspace';
import { strategyName } from '../../../math/search/strategies';
import { Card } from '../../../ui/Card';
import { interval, rate, seconds } from '../../../ui/format';
import { Reading } from '../../../ui/Reading';
import { trainWinner } from './search-state';
import { labelOf, searchedNames, trialsWord, valueText } from './words';
import css from './search.module.css';

export function WinnerCard({ study }: { study: StudyEntry }) {
  const training = useTrain((s) => s.live !== null);
  const predicting = useRatings((s) => s.live !== null);
  const busy = study.spec.folds ? predicting : training;
  const dataHash = useWorkspace((s) => s.data?.hash ?? null);
  const popularity = useRuns((s) => s.runs.find((r) => r.split.hash === splitHashOf(study))?.baselines.find((b) => b.id === 'popularity')?.validation?.all.metrics['NDCG@10']?.value ?? null);
  const n = winnerOf(study);
  const trial = n === null ? null : study.trials[n];
  const record = trial?.record;
  if (n === null || !trial || !record) return null;
  const { spec } = study;
  const done = doneCount(study);
  const names = [...searchedNames(spec.strategy.space), ...(trial.epochs > 0 ? ['epochs'] : [])];
  const obstacle = dataHash !== spec.dataHash ? 'Load the data it was searched on first.' : busy ? 'A run is training; the winner can follow when it has ended.' : null;
  return (
    <Card
      title={statusOf(study) === 'done' ? 'Winner' : 'Best so far'}
      aside={`of ${trialsWord(done)}${done < trialsOf(study) ? ` of ${trialsOf(study)}` : ''}, ${strategyName(spec.strategy.id)}, seed ${spec.strategy.seed}`}
    >
      <div className={css.winner}>
        <div>
          <div className={css.score}>
            {rate(record.score.value)} <small>{interval(record.score.low, record.score.high, record.score.value)}</small>
          </div>
          <div className={css.scoreLabel}>
            validation {record.score.metric} · {record.beside.metric} {rate(record.beside.value)} · n = {record.n.toLocaleString('en-US')}
            {popularity !== null && ` · popularity ${rate(popularity)}`}
          </div>
        </div>
        <dl className={css.settings}>
          {names.map((name) => (
            <div key={name}>
              <dt>{labelOf(spec.model, name)}</dt>
              <dd>{valueText(spec.model, name, record.params[name])}</dd>
            </div>
          ))}
        </dl>
        <div className={css.go}>
          <Button disabled={obstacle !== null} onClick={() => void trainWinner(study)}>
            Train the winner
          </Button>
          {obstacle && <p>{obstacle}</p>}
        </div>
      </div>
      <Reading>
        Trial {n + 1} of {done}
        {record.bestEpoch === null ? '' : `, at epoch ${record.bestEpoch} of ${record.epochs}`}, fitted and scored in {seconds(record.seconds)}. {done > 1 ? `The best of ${trialsWord(done)} looks a little better than it is, since part of it is luck: the run` : 'The run'} that Train the winner starts {spec.folds ? 'predicts the test ratings' : 'reads the test set'} once, and says that it was tuned with {trialsWord(done)}.
      </Reading>
    </Card>
  );
}

const splitHashOf = (study: StudyEntry): string | null => study.trials.find((t) => t?.record)?.record?.splitHash ?? null;
