import { Button, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useScreenCommands } from '../../../app/commands';
import { buildServedIndex, learnSearchFacts, servedIndex, useServedIndexes } from '../../../app/served-index';
import { setQuery, useQuery } from '../../../app/url';
import { useWorkspace } from '../../../app/workspace';
import { planBytes, type IndexPlan } from '../../../retrieval/curve';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { bytes, count, plural } from '../../../ui/format';
import { ProgressStrip } from '../../../ui/ProgressStrip';
import { encoderName } from '../../../text/encoder-name';
import { writeAddress } from '../address';
import { clip } from '../item-words';
import type { Model } from '../use-models';
import { CurveCard } from './CurveCard';
import { IndexFormFields } from './IndexForm';
import { formOf, writeSearch } from './search-choice';
import { faultOf, planOf, readForm } from './settings';
import { QUERIES, useCurve, useVectors } from './use-curve';
import shared from '../recommend.module.css';

/** What would an index over these vectors give up, and what would it gain? */
export function IndexTab({ models }: { models: readonly Model[] }) {
  const query = useQuery();
  const texts = useWorkspace((s) => s.vectors);
  const able = models.filter((m) => m.served?.can.vectors);
  const sources = [...able.map((m) => ({ value: m.run.id, label: clip(m.run.name, 48) })), ...texts.map((v) => ({ value: v.key, label: `Text: ${v.column}, ${encoderName(v.encoder)}` }))];
  const source = sources.find((s) => s.value === query.get('index'))?.value ?? sources[0]?.value ?? null;
  const served = able.find((m) => m.run.id === source)?.served ?? null;
  const indexes = useServedIndexes();
  const facts = served ? servedIndex(indexes, served.run.id).facts : null;
  useEffect(() => {
    if (served) void learnSearchFacts(served);
  }, [served]);
  const state = useVectors(source, served);
  const vectors = state && 'vectors' in state ? state.vectors : null;
  const { working, points, curve, problem, run, stop } = useCurve();
  const [asked, setAsked] = useState<{ key: string; plan: IndexPlan; k: number } | null>(null);

  const n = vectors ? vectors.items.length / vectors.dim : 0;
  const form = readForm(query, n);
  const fault = vectors ? faultOf(form, n) : null;
  const k = Math.min(Number(form.k), n);
  const plan = vectors && !fault ? planOf(form, n) : null;
  const need = plan && vectors ? planBytes(plan, n, vectors.dim) : null;
  const key = JSON.stringify([source, plan, k]);
  const space = vectors?.users ? 'users against items by inner product' : 'items against items by inner product';
  const go = (): void => {
    if (!plan || !vectors) return;
    setAsked({ key, plan, k });
    void run(vectors, plan, k);
  };
  useScreenCommands([
    ...(plan && working === null ? [{ id: 'index build', group: 'Recommend', label: 'Build and measure the index', run: go }] : []),
    ...(working === null ? [] : [{ id: 'index stop', group: 'Recommend', label: 'Stop measuring the index', run: stop }]),
  ]);
  if (sources.length === 0) {
    if (models.some((m) => m.state.status === 'opening')) return <output className={shared.hint}>Bringing the models back…</output>;
    return <EmptyState title="Nothing to build an index of" text="An index needs vectors: of a model with factors (ALS, PureSVD, LightFM, a two-tower) or of texts. ItemKNN and EASE compare items pair by pair and have none." action={<Button component="a" href="#/train?model=pure-svd">Train PureSVD</Button>} />;
  }
  /** The lists of the Person tab through this very index. */
  const serve = (plan: IndexPlan, setting: number): void => {
    if (!served) return;
    void buildServedIndex(served, plan);
    writeAddress({ tab: 'person', search: writeSearch(formOf({ plan, setting })) });
  };
  return (
    <div className={shared.page}>
      <Card title="Index" className={shared.form}>
        <Select label="Vectors" data={sources} value={source} onChange={(v) => v && setQuery({ index: v })} allowDeselect={false} disabled={working !== null} />
        {vectors && <IndexFormFields form={form} n={n} fault={fault} disabled={working !== null} />}
        {vectors && need && (
          <p className={shared.hint}>
            {count(n)} vectors of {vectors.dim} numbers ({bytes(vectors.items.byteLength)}). The index will take {bytes(need.index)} beside them, exact search {bytes(need.exact)}. Then {vectors.users ? `${QUERIES} users` : `${QUERIES} items`}, or as many as there are, are asked at every setting.
          </p>
        )}
        {facts?.can === false && <p className={shared.hint}>This model’s scores are no inner products of these vectors: a network weighs each pair. The curve shows what an index gains on the vectors; its lists stay exact.</p>}
        <Button disabled={!plan || working !== null} onClick={go}>Build and measure</Button>
      </Card>
      <div className={shared.right}>
        {state && 'problem' in state && <ErrorPanel title="These vectors cannot be had" what={state.problem} />}
        {problem && <ErrorPanel title="The index was not built" what={problem} />}
        {working && <ProgressStrip label={working.label} value={working.value} onStop={stop} />}
        {asked && points.length > 0 ? (
          <>
            {asked.key !== key && !working && <output className={shared.hint}>The settings have changed since: build again to see what they give.</output>}
            <CurveCard plan={asked.plan} points={points} curve={curve} k={asked.k} space={space} onServe={facts?.can && asked.key === key ? (setting) => serve(asked.plan, setting) : null} />
          </>
        ) : (
          !working && (
            <EmptyState
              title="How much does an index gain here?"
              text={vectors ? `Exact search reads all ${plural(n, 'vector')} for every list. An index reads some of them, and may miss a few of the best. Build one, and its recall is measured against its speed on your own queries.` : 'Reading the vectors…'}
            />
          )
        )}
      </div>
    </div>
  );
}
