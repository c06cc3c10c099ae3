import { NumberInput, SegmentedControl, Slider } from '@mantine/core';
import type { CleaningRule } from '../../core/dataset';
import { setRules, useDataFlow } from '../../app/data';
import type { DataFacts } from '../../app/workspace';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { Help } from '../../ui/Help';
import { QuietButton } from './QuietButton';
import { useCleaningHistory } from './cleaning-history';
import { CleaningFunnel } from './CleaningFunnel';
import { placeText } from './words';
import css from './CleaningCard.module.css';

const K_MAX = 20;

interface Choice {
  keep: 'first' | 'last' | 'sum';
  min: number | null;
  /** 1 = off. */
  k: number;
}
function choiceOf(rules: readonly CleaningRule[]): Choice {
  const choice: Choice = { keep: 'first', min: null, k: 1 };
  for (const r of rules) {
    if (r.kind === 'duplicates') choice.keep = r.keep;
    else if (r.kind === 'minValue') choice.min = r.min;
    else choice.k = r.k;
  }
  return choice;
}
const rulesOf = (c: Choice): CleaningRule[] => [
  { kind: 'duplicates', keep: c.keep },
  ...(c.min === null ? [] : [{ kind: 'minValue' as const, min: c.min }]),
  ...(c.k > 1 ? [{ kind: 'core' as const, k: c.k }] : []),
];

/** Filters over the data as read; every change is applied at once and can be taken back. */
export function CleaningCard({ facts }: { facts: DataFacts }) {
  const draft = useDataFlow((s) => s.draft);
  const choice = choiceOf(draft?.rules ?? facts.rules);
  const history = useCleaningHistory(draft?.rules ?? facts.rules, setRules);
  const change = (c: Partial<Choice>): void => history.change(rulesOf({ ...choice, ...c }));
  const busy = draft !== null && draft.fault === null;
  const fault = draft?.fault;
  return (
    <Card
      title="Cleaning"
      aside={
        <span className={css.aside}>
          {history.undo && <QuietButton onClick={history.undo}>Undo</QuietButton>}
          {history.redo && <QuietButton onClick={history.redo}>Redo</QuietButton>}
          {choice.k === 5 ? (
            <QuietButton onClick={() => change({ k: 1 })}>Turn the 5-core off</QuietButton>
          ) : (
            <QuietButton onClick={() => change({ k: 5 })}>5-core, as in most papers</QuietButton>
          )}
        </span>
      }
    >
      <div className={css.controls}>
        <div className={css.control}>
          <span className={css.label} id="keep-label">
            Repeated pairs
            <Help term="Repeated pairs">The same user and item more than once. The first or last (by time, else by row) is kept, or their values are added up. Without this a test item could also stand in the training data.</Help>
          </span>
          <SegmentedControl
            aria-labelledby="keep-label"
            fullWidth
            data={[
              { value: 'first', label: 'Keep first' },
              { value: 'last', label: 'Keep last' },
              { value: 'sum', label: 'Add up', disabled: !facts.hasValue },
            ]}
            value={choice.keep}
            onChange={(keep) => change({ keep: keep as Choice['keep'] })}
          />
          {!facts.hasValue && <p className={css.why}>Adding up needs a column of values, which these interactions have not.</p>}
        </div>
        {facts.hasValue && (
          <NumberInput label="Lowest value kept" placeholder="any" value={choice.min ?? ''} onChange={(v) => change({ min: typeof v === 'number' ? v : null })} allowDecimal className={css.min} />
        )}
        <div className={css.control}>
          <span className={css.label} id="core-label">
            k-core
            <Help term="k-core">Keeps the largest part in which every user and every item has at least k interactions, removing the others again and again until nothing changes.</Help>
          </span>
          <div className={css.slider}>
            <Slider
              min={1}
              max={K_MAX}
              value={Math.min(choice.k, K_MAX)}
              onChange={(k) => change({ k })}
              label={(k) => (k === 1 ? 'off' : `${k}-core`)}
              thumbProps={{ 'aria-labelledby': 'core-label', 'aria-valuetext': choice.k === 1 ? 'off' : `${choice.k}-core` }}
              style={{ flex: 1 }}
            />
            <output className={css.output}>{choice.k === 1 ? 'off' : `${choice.k}-core`}</output>
          </div>
        </div>
      </div>
      <CleaningFunnel raw={facts.rawCounts} steps={facts.steps} busy={busy} />
      {fault && (
        <div className={css.fault}>
          <ErrorPanel title="These rules were not applied" what={fault.what} place={placeText({ ...fault.place, file: undefined })} remedy={`${fault.remedy} The data set stays as it was.`} onDismiss={() => setRules(facts.rules)} />
        </div>
      )}
      {!fault && tooLittle(facts) && <p className={css.warning}>{tooLittle(facts)}</p>}
    </Card>
  );
}

/** When filtering leaves so little that a result would be chance. */
function tooLittle({ counts, rawCounts, steps }: DataFacts): string | null {
  if (counts.users < 50 || counts.items < 50) {
    return `Only ${counts.users.toLocaleString('en-US')} users and ${counts.items.toLocaleString('en-US')} items are left: too few for a result that means anything. Lower the k-core or the lowest value.`;
  }
  // Repeated pairs are one pair each however often they were read, so they do not count as lost.
  const pairs = steps.find((s) => s.step.kind === 'duplicates')?.after ?? rawCounts;
  if (counts.interactions < pairs.interactions / 4) return 'Less than a quarter of the interactions is left. What is measured then holds for the busiest users and items only.';
  return null;
}
