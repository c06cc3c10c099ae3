import { Button, NumberInput, Slider, Switch } from '@mantine/core';
import { useEffect } from 'react';
import { ensureSplit, setSplitSpec, setTestFile, useDataFlow } from '../../app/data';
import type { RowOrder } from '../../app/data-order';
import { refreshRuns, useRuns } from '../../app/runs';
import { held, useWorkspace, type DataFacts } from '../../app/workspace';
import { FileButton } from '../../ui/FileButton';
import { Card } from '../../ui/Card';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { bytes, count } from '../../ui/format';
import { SampledBadge } from '../../ui/SampledBadge';
import { ColdRuleForm } from './ColdRuleForm';
import { QuietButton } from './QuietButton';
import { SplitCounts } from './SplitCounts';
import { SplitProtocols } from './SplitProtocols';
import { nounsOf, placeText } from './words';
import css from './SplitCard.module.css';

/** How the data is divided into train, validation and test, and what counts as cold. Counts follow every change. */
export function SplitCard({ facts, rowOrder }: { facts: DataFacts; rowOrder: RowOrder }) {
  const nouns = nounsOf(facts.recipe);
  const spec = useWorkspace((s) => s.split);
  const summary = useWorkspace((s) => s.splitSummary);
  const { splitting, splitFault, splitShown, testFile: chosen } = useDataFlow((s) => s);
  const testFile = chosen ?? (held.testFile && { name: held.testFile.name, bytes: held.testFile.size });
  const sortedBy = rowOrder === 'value' ? 'value, highest first' : `${nouns.item} id`;
  const least = rowOrder === 'value' ? `each ${nouns.user}’s lowest value` : `each ${nouns.user}’s highest ${nouns.item} id`;
  const shown = summary ?? splitShown;
  const waitsForFile = spec.protocol === 'file' && !testFile && !summary;
  return (
    <Card title="Split" aside={summary ? <>split {summary.hash.slice(0, 8)}<SampledBadge sampled={summary.sampled} /></> : splitting ? 'counting…' : null}>
      <div className={css.columns}>
        <div className={css.left}>
          <SplitProtocols value={spec.protocol} hasTime={facts.hasTime} hasListed={facts.hasListed} onChange={(protocol) => setSplitSpec({ protocol })} />
          {rowOrder && spec.protocol === 'hash' && (
            <p className={css.note}>Fits this data: its rows are sorted by {sortedBy}, so “last one out” would leave out {least}.</p>
          )}
          {rowOrder && spec.protocol === 'last' && (
            <p className={css.note}>
              <b>Careful:</b> the rows are sorted by {sortedBy}, so this leaves out {least}, not the newest. <QuietButton onClick={() => setSplitSpec({ protocol: 'hash' })}>Use the portable hash</QuietButton>
            </p>
          )}
          {spec.protocol === 'temporal' && (
            <ShareSlider label="Newest share that is test" value={spec.testShare} onChange={(testShare) => setSplitSpec({ testShare })} />
          )}
          {spec.protocol === 'random' && (
            <NumberInput label="Seed" value={spec.seed} min={0} max={2_147_483_647} allowDecimal={false} allowNegative={false} onChange={(v) => typeof v === 'number' && setSplitSpec({ seed: v })} w={140} />
          )}
          {spec.protocol === 'file' && (
            <div className={css.file}>
              <FileButton onChange={(f) => f && setTestFile(f)} inputProps={{ 'aria-label': 'Test file' }}>
                {(props) => (
                  <Button variant="default" {...props}>
                    {testFile ? 'Choose another file' : 'Choose a test file'}
                  </Button>
                )}
              </FileButton>
              <span>
                {testFile
                  ? `${testFile.name}, ${bytes(testFile.bytes)}`
                  : summary
                    ? 'The counts below are from before the page was reloaded. Choose the file again before training.'
                    : 'A table with one user and one item a line, under the ids of this data set.'}
              </span>
            </div>
          )}
        </div>
        <div className={css.right}>
          <ColdRuleForm rule={spec.cold} failed={splitFault !== null} summary={shown} nouns={nouns} onChange={(cold) => setSplitSpec({ cold })} />
          <Switch
            label="Hold out a validation set too"
            description={
              spec.protocol === 'listed'
                ? 'Epochs are chosen by it, so that the test is read only once. Published figures of this protocol train on it: switch it off to compare models without epochs with them.'
                : 'Epochs are chosen by it, so that the test is read only once.'
            }
            checked={spec.validation}
            onChange={(e) => setSplitSpec({ validation: e.currentTarget.checked })}
          />
          {spec.protocol === 'temporal' && spec.validation && (
            <ShareSlider label="Share before it that is validation" value={spec.validationShare} onChange={(validationShare) => setSplitSpec({ validationShare })} />
          )}
        </div>
      </div>
      {splitFault ? (
        <div className={css.fault}>
          <ErrorPanel title="This split cannot be made" what={splitFault.what} place={placeText({ ...splitFault.place, file: splitFault.place.line === undefined ? undefined : splitFault.place.file })} remedy={splitFault.remedy} onDismiss={ensureSplit} />
        </div>
      ) : waitsForFile ? (
        <p className={css.wait}>Counts appear here once a test file is chosen.</p>
      ) : (
        <SplitCounts summary={shown} stale={summary === null} protocol={spec.protocol} nouns={nouns} hasTime={facts.hasTime} />
      )}
      <OtherSplits split={summary?.hash ?? null} data={facts.hash} />
    </Card>
  );
}

/** Runs keep the split they were measured on; a new split does not touch them, and is not ranked beside them. */
function OtherSplits({ split, data }: { split: string | null; data: string }) {
  const runs = useRuns((s) => s.runs);
  useEffect(() => {
    void refreshRuns();
  }, []);
  const apart = split === null ? 0 : runs.filter((r) => r.data.hash === data && r.split.hash !== split).length;
  if (apart === 0) return null;
  return (
    <p className={`${css.note} ${css.apart}`}>
      {apart === 1 ? 'One run of this data was' : `${count(apart)} runs of this data were`} measured on another split. {apart === 1 ? 'It keeps its' : 'They keep their'} figures and {apart === 1 ? 'is' : 'are'} not ranked beside new ones.
    </p>
  );
}

function ShareSlider({ label, value, onChange }: { label: string; value: number; onChange: (share: number) => void }) {
  const percent = Math.round(value * 100);
  return (
    <div>
      <div className={css.label}>{label}</div>
      <div className={css.slider}>
        <Slider min={1} max={40} value={percent} onChange={(p) => onChange(p / 100)} label={(p) => `${p} %`} thumbLabel={label} style={{ flex: 1 }} />
        <output className={css.output}>{percent} %</output>
      </div>
    </div>
  );
}
