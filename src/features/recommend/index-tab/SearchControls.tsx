import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { buildServedIndex, learnSearchFacts, servedIndex, stopBuilding, useServedIndexes } from '../../../app/served-index';
import { DIAL, MOST_BITS, MOST_TABLES, mostOf, planBytes, type IndexPlan } from '../../../retrieval/plan';
import { bytes, count, plural, seconds } from '../../../ui/format';
import { Help } from '../../../ui/Help';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { writeAddress } from '../address';
import { clip } from '../item-words';
import type { Model } from '../use-models';
import { checkSearch, readSearch, usualForm, writeSearch, type SearchForm, type Way } from './search-choice';
import shared from '../recommend.module.css';
import css from './search.module.css';

const SIZES = { exact: '', ivf: 'nlist', sign: 'Bits', bucket: 'Tables' } as const;
const sizeRange = (way: Way, n: number): string => (way === 'ivf' ? `1 to ${count(n)}` : way === 'sign' ? `1 to ${MOST_BITS}` : `1 to ${MOST_TABLES}`);
const same = (a: IndexPlan, b: IndexPlan): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How candidates are found: by reading every vector, or through an index built here. */
export function SearchControls({ models, raw, n }: { models: readonly Model[]; raw: string | null; n: number }) {
  const of = useServedIndexes();
  const form = readSearch(raw, n);
  const { choice, fault } = checkSearch(form, n);
  const able = models.filter((m) => m.served?.can.vectors && m.state.status === 'open');
  const asked = form.way !== 'exact';
  useEffect(() => {
    if (asked) for (const m of able) if (m.served) void learnSearchFacts(m.served);
  }, [asked, able]);
  const set = (patch: Partial<SearchForm>): void => writeAddress({ search: writeSearch({ ...form, ...patch }) });
  const start = (way: Way): void => writeAddress({ search: writeSearch(usualForm(way, n)) });
  return (
    <div className={css.controls}>
      <span className={shared.label}>
        <span id="search-way">Search</span> <Help term="Search">Exact search scores every item. IVF reads the lists of items whose centres suit the person best, LSH the items whose hash is like theirs: faster where there are hundreds of thousands of items, and a few of the best may be missed. The Index tab measures how many.</Help>
      </span>
      <SegmentedControl
        fullWidth aria-labelledby="search-way" value={form.way === 'bucket' ? 'sign' : form.way} onChange={(v) => start(v as Way)}
        data={[{ value: 'exact', label: 'Exact' }, { value: 'ivf', label: 'IVF' }, { value: 'sign', label: 'LSH' }]}
      />
      {(form.way === 'sign' || form.way === 'bucket') && <SegmentedControl fullWidth aria-label="Kind of LSH" value={form.way} onChange={(v) => start(v as Way)} data={[{ value: 'sign', label: 'by sign' }, { value: 'bucket', label: 'by bucket' }]} />}
      {asked && (
        <div className={css.fields}>
          <TextInput label={SIZES[form.way]} description={sizeRange(form.way, n)} inputMode="numeric" value={form.size} error={fault?.field === 'plan'} onChange={(e) => set({ size: e.currentTarget.value })} />
          {form.way === 'bucket' && <TextInput label="Bucket width" description="0.01 to 100" inputMode="decimal" value={form.width} error={fault?.field === 'plan'} onChange={(e) => set({ width: e.currentTarget.value })} />}
          <TextInput
            label={form.way === 'bucket' ? 'Tables read' : DIAL[form.way as IndexPlan['kind']]} description={choice ? `1 to ${count(mostOf(choice.plan, n))}` : undefined} inputMode="numeric"
            value={form.dial} error={fault?.field === 'dial'} onChange={(e) => set({ dial: e.currentTarget.value })}
          />
        </div>
      )}
      {fault && <p className={css.fault} role="alert">{fault.what}</p>}
      {asked && able.length === 0 && <p className={shared.hint}>None of these models compares vectors, so their lists stay exact. PureSVD, ALS, LightFM, SASRec, autoencoders and the two-tower retrieval network do.</p>}
      {choice && able.map((m) => <ModelIndex key={m.run.id} model={m} plan={choice.plan} state={servedIndex(of, m.run.id)} />)}
    </div>
  );
}

/** The index of one model: what it will take, how far it is, what it holds. */
function ModelIndex({ model: { run, served }, plan, state }: { model: Model; plan: IndexPlan; state: ReturnType<typeof servedIndex> }) {
  const { facts, building, built, problem } = state;
  const name = clip(run.name, 34);
  if (!served) return null;
  if (problem) return <p className={css.fault} role="alert">{name}: {problem}</p>;
  if (!facts) return <p className={shared.hint}>{name}: asking whether its scores are inner products…</p>;
  if (!facts.can) return <p className={shared.hint}>{name}: its scores are no inner products of vectors, so its lists stay exact.</p>;
  if (building !== null) return <ProgressStrip label={`Building for ${name}`} value={building} onStop={() => stopBuilding(run.id)} />;
  if (built && same(built.plan, plan)) return <p className={shared.hint}>{name}: index built in {seconds(built.seconds)}, holds {bytes(built.bytes)}.</p>;
  const need = planBytes(plan, facts.n, facts.dim);
  return (
    <div className={css.build}>
      <p className={shared.hint}>
        {name}: {plural(facts.n, 'vector')} of {facts.dim} numbers. The index will take {bytes(need.index)} beside them, and as much as {bytes(need.exact)} for the exact search it is compared with.
      </p>
      <Button variant="default" onClick={() => void buildServedIndex(served, plan)}>Build the index</Button>
    </div>
  );
}
