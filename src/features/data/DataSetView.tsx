import { useEffect, useMemo } from 'react';
import { ensureSplit } from '../../app/data';
import { useQuery } from '../../app/url';
import { held, type DataFacts } from '../../app/workspace';
import { CleaningCard } from './CleaningCard';
import { loneTable } from '../../core/lone-table';
import { FilesCard } from './FilesCard';
import { LoneCard } from './LoneCard';
import { PortraitCard } from './PortraitCard';
import { portraitOf } from './portrait';
import { PreviewCard } from './PreviewCard';
import { SplitCard } from './SplitCard';
import { nounsOf } from './words';
import css from './DataSetView.module.css';

/** A loaded data set: what it is, how it was cleaned, how it is split, and its tables. */
export function DataSetView({ facts }: { facts: DataFacts }) {
  const data = held.data;
  const lone = loneTable(facts.counts);
  const portrait = useMemo(() => (data && !lone ? portraitOf(data) : null), [data, lone]);
  // After a reload the counts of the split are not there yet.
  useEffect(() => ensureSplit(), [facts.hash]);
  // Other screens link to a step: #/data?at=cleaning.
  const at = useQuery().get('at');
  useEffect(() => {
    if (at === 'cleaning' || at === 'split' || at === 'files') document.getElementById(`data-${at}`)?.scrollIntoView({ block: 'center' });
  }, [at]);
  if (data && lone) {
    return (
      <div className={css.view}>
        <LoneCard table={data[lone]} which={lone} nouns={nounsOf(facts.recipe)} />
        <div id="data-files">
          <FilesCard facts={facts} />
        </div>
        <PreviewCard data={data} only={lone} />
      </div>
    );
  }
  if (!data || !portrait) return null;
  return (
    <div className={css.view}>
      <PortraitCard portrait={portrait} nouns={nounsOf(facts.recipe)} />
      <div className={css.pair}>
        <div className={css.cleaning} id="data-cleaning">
          <CleaningCard key={held.raw?.hash} facts={facts} />
        </div>
        <div className={css.split} id="data-split">
          <SplitCard facts={facts} rowOrder={portrait.rowOrder} />
        </div>
        <div className={css.files} id="data-files">
          <FilesCard facts={facts} />
        </div>
      </div>
      <PreviewCard data={data} />
    </div>
  );
}
