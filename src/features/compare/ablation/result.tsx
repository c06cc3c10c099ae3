import { Button, Menu, Select } from '@mantine/core';
import { useState } from 'react';
import { ablation, ABLATION_SLICES, ablationCells, ablationSentence } from '../../../analysis/compare-ablation';
import { ablationLatex } from '../../../analysis/export-ablation';
import { escapeMarkdown } from '../../../analysis/export-markdown';
import { removePlan, type PlanEntry } from '../../../app/queue';
import { useRuns } from '../../../app/runs';
import { setQuery } from '../../../app/url';
import { METRIC_IDS } from '../../../app/train-form';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { DataTable } from '../../../ui/DataTable';
import { DotPlot } from '../../../ui/DotPlot';
import { download } from '../../../ui/download';
import { count, interval, localTime, plural, rate } from '../../../ui/format';
import { Reading } from '../../../ui/Reading';
import { tableToPng } from '../../../ui/table-png';
import { sliceTitles } from '../../train/series';
import { PlanCard } from '../leaderboard/plan-card';
import { protocolWords } from '../leaderboard/split-words';
import css from '../compare.module.css';
import { catalogue } from '../../../models/catalogue';
import { armsOf } from './arms';

const METRICS = METRIC_IDS.flatMap((m) => [5, 10, 20].map((k) => `${m}@${k}`));
/** A p that four digits cannot show is not nothing. */
const cell = (v: string | number | null, head = ''): string => (v === null ? '' : typeof v !== 'number' ? v : head.startsWith('p ') && v < 0.0001 ? '< .0001' : Number.isInteger(v) && v !== 0 ? String(v) : rate(v));

/** One ablation: its progress, table, chart, sentence and files. */
export function AblationResult({ entry }: { entry: PlanEntry }) {
  const { plan, states } = entry;
  const runs = useRuns((s) => s.runs);
  const [metric, setMetric] = useState('NDCG@10');
  const [against, setAgainst] = useState(0);
  const [failed, setFailed] = useState<string | null>(null);
  const card = catalogue.find((c) => c.id === plan.runs[0]?.model);
  const arms = armsOf(plan, card?.name ?? '').map((a) => ({ label: a.label, runs: a.runs.flatMap((id) => runs.find((r) => r.id === states[id]?.recordId) ?? []) }));
  const reference = Math.min(against, arms.length - 1);
  const rows = ablation(arms, reference, metric);
  const name = arms[reference]?.label ?? '';
  const finished = arms.flatMap((a) => a.runs);
  const table = ablationCells(rows, metric);
  const slices = ABLATION_SLICES.filter((s) => rows.some((r) => r.figures[s]));
  const sentence = ablationSentence(rows, name, metric, !plan.runs.every((r) => catalogue.find((c) => c.id === r.model)?.deterministic));
  const save = (kind: 'csv' | 'md' | 'tex'): void => {
    const lines = table.rows.map((r) => r.map((v, k) => cell(v, table.header[k])));
    const text = kind === 'csv'
      ? toCsv(table.header, table.rows)
      : kind === 'md'
        ? [table.header, table.header.map(() => '---'), ...lines].map((r, k) => `| ${r.map((c) => (k === 1 ? c : escapeMarkdown(c))).join(' | ')} |`).join('\n') + `\n\n${escapeMarkdown(sentence)}\n`
        : ablationLatex(rows, { title: plan.title, data: finished[0]?.data.name ?? '', protocol: finished[0] ? protocolWords(finished[0].split.spec) : '', metric, reference: name, sentence });
    download(`coldwave-ablation.${kind}`, text, kind === 'csv' ? 'text/csv;charset=utf-8' : 'text/plain;charset=utf-8');
  };
  const picture = async (): Promise<void> => {
    try {
      download('coldwave-ablation.png', await tableToPng({ title: plan.title, note: `${metric}, against ${name}`, header: table.header, rows: table.rows.map((r) => r.map((v, k) => cell(v, table.header[k]))) }));
      setFailed(null);
    } catch (error) {
      setFailed(`The picture could not be made: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <section className={css.stack} aria-label={plan.title}>
      <div className={css.tools}>
        <h2>{plan.title}</h2>
        <span className={css.faint}>{localTime(new Date(plan.createdAt))} · {plural(finished.length, 'run')} of {plan.runs.length}</span>
        <span className={css.spring} />
        <Select size="xs" w={110} aria-label="Metric of the ablation" data={METRICS} value={metric} allowDeselect={false} onChange={(m) => m && setMetric(m)} />
        <Select size="xs" w={`min(100%, ${Math.max(18, Math.max(...arms.map((a) => a.label.length)) + 14)}ch)`} aria-label="Reference arm" data={arms.map((a, k) => ({ value: String(k), label: `against ${a.label}` }))} value={String(reference)} allowDeselect={false} onChange={(v) => v && setAgainst(Number(v))} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="compact-sm" disabled={rows.length === 0}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => save('csv')}>CSV</Menu.Item>
            <Menu.Item onClick={() => save('md')}>Markdown</Menu.Item>
            <Menu.Item onClick={() => save('tex')}>LaTeX (booktabs)</Menu.Item>
            <Menu.Item onClick={() => void picture()}>Picture (PNG)</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {finished.length > 1 && (
          <Button variant="default" size="compact-sm" onClick={() => setQuery({ tab: 'runs', runs: arms.flatMap((a) => a.runs[0]?.id ?? []).join(',') })}>
            Side by side
          </Button>
        )}
        {!entry.running && (
          <Button variant="subtle" size="compact-sm" onClick={() => removePlan(plan.id)}>
            Put away
          </Button>
        )}
      </div>
      {failed && <p role="alert" className={css.fault}>{failed}</p>}
      <PlanCard entry={entry} />
      {rows.length > 0 && (
        <>
          <Card title={`${metric} of every arm`} aside={`mean ± sd over seeds · 95 % over users · difference to ${name.length > 40 ? `${name.slice(0, 39)}…` : name}`} padded={false} footer={<Reading>{sentence}</Reading>}>
            <DataTable
              maxHeight={420}
              caption={`${metric} of every arm: mean and sd over seeds, 95 % interval over users, difference to ${name}`}
              columns={[{ key: 'arm', label: 'Arm' }, ...slices.map((s) => ({ key: s, label: sliceTitles[s], tone: s }))]}
              rows={rows.map((r) => ({
                arm: r.label,
                ...Object.fromEntries(slices.map((s) => {
                  const f = r.figures[s];
                  return [s, f ? (
                    <span key={s} className={css.figure}>
                      {rate(f.mean)}{f.sd !== null && ` ± ${rate(f.sd)}`} <small>{f.low === null || f.high === null ? '' : interval(f.low, f.high, f.mean)} n = {count(f.n)}</small>
                      {f.against && (
                        <>
                          <br />
                          <small className={f.against.apart ? css.apart : undefined}>{f.against.mean > 0 ? '+' : ''}{rate(f.against.mean)}, p {f.against.p < 0.001 ? '< .001' : `= ${rate(f.against.p, 3)}`}{f.against.apart ? '' : ', not told apart'}</small>
                        </>
                      )}
                    </span>
                  ) : '–'];
                })),
              }))}
            />
          </Card>
          <DotPlot
            title={`${metric} by arm`}
            aside="mean over seeds · 95 % over users"
            series={slices.map((s) => ({ id: s, label: sliceTitles[s], tone: s }))}
            rows={rows.map((r) => ({ key: r.label, label: r.label, detail: plural(r.figures.all?.seeds ?? 1, 'seed'), dots: slices.flatMap((s) => { const f = r.figures[s]; return f ? [{ series: s, value: f.mean, ...(f.low === null || f.high === null ? {} : { low: f.low, high: f.high }) }] : []; }) }))}
            nameLabel="Arm"
            valueLabel={metric}
            exportName="ablation"
          />
        </>
      )}
    </section>
  );
}
