/** Reproduce published numbers: bring the named file, run the rows, and see each figure beside the one it has to hit. */
import { Button, FileButton, SegmentedControl, Switch } from '@mantine/core';
import { useEffect, useMemo, useState, type DragEvent } from 'react';
import { cleaningOf, dataFits, verdictHeader, verdictRow, verdictsOf, type Fit, type PublishedTable, type Verdict } from '../../../analysis/claims';
import { escapeMarkdown } from '../../../analysis/export-markdown';
import { dataFlow, openFiles, setRules, useDataFlow } from '../../../app/data';
import { startPlan, usePlans } from '../../../app/queue';
import { refreshRuns, useRuns } from '../../../app/runs';
import { setQuery, useQuery } from '../../../app/url';
import { useWorkspace, workspace } from '../../../app/workspace';
import { Problem } from '../../../core/problem';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { DataTable, type DataColumn } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { count, plural, rate } from '../../../ui/format';
import { SampledBadge } from '../../../ui/SampledBadge';
import { PlanCard } from '../leaderboard/plan-card';
import { planFor, plansOf, runsByRow, tables } from './tables';
import css from './reproduce.module.css';

export function Reproduce() {
  const asked = useQuery().get('table');
  const recipe = useWorkspace((s) => s.data?.recipe ?? null);
  const { table } = tables.find((t) => t.table.id === asked) ?? tables.find((t) => t.table.recipe === recipe) ?? tables[0]!;
  useEffect(() => {
    void refreshRuns();
  }, []);
  return (
    <div className={css.stack}>
      {asked !== null && !tables.some((t) => t.table.id === asked) && (
        <output className={css.warning}>
          There is no table “{asked}”; there are {tables.map((t) => t.table.id).join(', ')}.
        </output>
      )}
      <SegmentedControl className={css.choice} aria-label="Published table" data={tables.map((t) => ({ value: t.table.id, label: t.short }))} value={table.id} onChange={(id) => setQuery({ table: id })} />
      <TableView key={table.id} table={table} />
    </div>
  );
}

const start = (table: PublishedTable, rows: PublishedTable['rows'], dataHash: string): void => startPlan(planFor(table, rows, dataHash, crypto.randomUUID(), new Date()));

function TableView({ table }: { table: PublishedTable }) {
  const data = useWorkspace((s) => s.data);
  const plans = usePlans();
  const records = useRuns((s) => s.runs);
  const [slow, setSlow] = useState(false);
  const [fault, setFault] = useState<Problem | null>(null);
  const fit = dataFits(table, data);
  const own = plansOf(table, plans);
  const running = own.some((p) => p.running);
  const open = own.filter((p) => p.running || Object.values(p.states).some((s) => s.status !== 'done'));
  const answers = runsByRow(table, plans, records);
  const verdicts = verdictsOf(table, answers);
  const wanted = table.rows.filter((r) => slow || !r.slow);
  const missing = wanted.filter((r) => answers(r).length < r.seeds.length);
  const next = missing.length > 0 ? missing : wanted;
  const runs = next.reduce((n, r) => n + r.seeds.length, 0);

  const run = (): void => {
    if (!data) return;
    try {
      start(table, next, data.hash);
      setFault(null);
    } catch (error) {
      setFault(error instanceof Problem ? error : new Problem(error instanceof Error ? error.message : String(error), {}, 'Try again.'));
    }
  };

  return (
    <>
      <DataCard table={table} fit={fit}>
        <div className={css.run}>
          {table.rows.some((r) => r.slow) && <Switch label={`Also the slow rows (${table.rows.filter((r) => r.slow).map((r) => r.name).join(', ')}): minutes`} checked={slow} onChange={(e) => setSlow(e.currentTarget.checked)} />}
          <Button disabled={fit.kind !== 'fits' || running} onClick={run}>
            {missing.length > 0 ? `Run ${plural(next.length, 'row')}${runs > next.length ? ` (${count(runs)} runs)` : ''}` : 'Run again'}
          </Button>
        </div>
        {fault && <ErrorPanel what={fault.what} remedy={fault.remedy} onDismiss={() => setFault(null)} />}
      </DataCard>
      {open.map((entry) => (
        <PlanCard key={entry.plan.id} entry={entry} />
      ))}
      <VerdictCard table={table} verdicts={verdicts} />
    </>
  );
}

/** Whether the right file is loaded, and a place to drop it. */
function DataCard({ table, fit, children }: { table: PublishedTable; fit: Fit; children: React.ReactNode }) {
  const work = useDataFlow((s) => s.work);
  const error = useDataFlow((s) => s.error);
  const [over, setOver] = useState(false);
  const bring = (files: readonly File[]): void => {
    void openFiles(files).then((loaded) => {
      if (loaded && dataFits(table, workspace.getState().data).kind === 'clean') setRules(cleaningOf(table));
    });
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    bring([...event.dataTransfer.files]);
  };
  return (
    <Card title={<>{table.title}{table.split.protocol === 'listed' && <> <SampledBadge sampled={{ origin: 'listed', negatives: 99 }} /></>}</>}>
      <div
        className={css.data}
        data-over={over || undefined}
        onDragOver={(e) => {
          if (!e.dataTransfer.types.includes('Files')) return;
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p className={css.note}>{table.note}</p>
        <div className={css.fit} data-fits={fit.kind === 'fits' || undefined}>
          <span>
            {fit.kind === 'fits' ? (
              <>
                <b>The right data are loaded:</b> {count(table.counts.interactions)} interactions, {count(table.counts.users)} users, {count(table.counts.items)} items, as the figures need.
              </>
            ) : (
              <>
                <b>{fit.kind === 'clean' ? 'Nearly.' : 'Not these data.'}</b> {fit.why} {fit.kind === 'other' && 'Drop it here; it is read on this device and replaces what is loaded.'}
              </>
            )}
          </span>
          {fit.kind === 'clean' && <Button onClick={() => setRules(cleaningOf(table))}>Apply the table’s cleaning</Button>}
          {fit.kind === 'other' && (
            <FileButton accept=".zip,application/zip" onChange={(file) => file && bring([file])} inputProps={{ 'aria-label': `File ${table.file}` }}>
              {(props) => (
                <Button {...props} variant="default" loading={work !== null}>
                  Choose {table.file}
                </Button>
              )}
            </FileButton>
          )}
        </div>
        {error && <ErrorPanel what={error.what} remedy={error.remedy} onDismiss={() => dataFlow.setState({ error: null })} />}
        {children}
      </div>
    </Card>
  );
}

const digits = (tolerance: number): number => (tolerance < 0.0005 ? 5 : 4);
const signed = (x: number, n: number): string => (Math.abs(x) < 0.5 * 10 ** -n ? rate(0, n) : `${x > 0 ? '+' : ''}${rate(x, n)}`);

function VerdictCard({ table, verdicts }: { table: PublishedTable; verdicts: readonly Verdict[] }) {
  const judged = verdicts.filter((v) => v.verdict !== null);
  const hits = judged.filter((v) => v.verdict === 'hit').length;
  const papers = verdicts.some((v) => v.figure.paper !== undefined);
  const columns: DataColumn[] = [
    { key: 'model', label: 'Model', align: 'left' },
    { key: 'metric', label: 'Figure', align: 'left' },
    { key: 'published', label: 'Published' },
    ...(papers ? [{ key: 'paper', label: 'In the paper' }] : []),
    { key: 'ours', label: 'Ours' },
    { key: 'difference', label: 'Difference' },
    { key: 'tolerance', label: 'Allowed' },
    { key: 'verdict', label: 'Verdict', align: 'left' },
  ];
  const rows = useMemo(() => verdicts.map((v, k) => {
    const n = digits(v.figure.tolerance);
    const first = verdicts[k - 1]?.row.id !== v.row.id;
    return {
      model: first ? (
        <span className={css.model}>
          {v.row.name}
          <small>{v.source}{v.row.seeds.length > 1 ? ` · ours: seeds ${v.row.seeds.join(', ')}` : ''}{v.row.slow ? ' · slow' : ''}</small>
        </span>
      ) : '',
      metric: `${v.figure.metric}${v.figure.slice === 'all' ? '' : `, ${v.figure.slice} items`}`,
      published: rate(v.figure.value, n),
      paper: v.figure.paper === undefined ? '–' : rate(v.figure.paper),
      ours: v.ours === null ? '–' : <b className={css.ours}>{rate(v.ours, n)}</b>,
      difference: v.difference === null ? '–' : signed(v.difference, n),
      tolerance: v.figure.tolerance < 0.00001 ? 'equal' : `±${rate(v.figure.tolerance, v.figure.tolerance < 0.001 ? 5 : v.figure.tolerance < 0.0095 ? 4 : 3)}`,
      verdict: v.verdict === null ? <span className={css.faint}>{v.runs > 0 ? `${v.runs} of ${v.row.seeds.length} runs` : 'not run'}</span> : <span className={css.verdict} data-hit={v.verdict === 'hit' || undefined}>{v.verdict === 'hit' ? '✓ hit' : '✗ miss'}</span>,
    };
  }), [verdicts]);

  const csv = (): string => toCsv(verdictHeader, verdicts.map(verdictRow));
  const markdown = (): string => {
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    const words = (c: string | number | null): string => (c === null ? '–' : typeof c === 'number' ? rate(c, 5) : escapeMarkdown(c));
    return [`**${escapeMarkdown(table.title)}**`, '', line(verdictHeader), line(verdictHeader.map(() => '---')), ...verdicts.map((v) => line(verdictRow(v).map(words))), '', escapeMarkdown(table.note), ''].join('\n');
  };
  const name = `coldwave reproduce ${table.id}`;
  return (
    <Card
      title={judged.length === 0 ? 'Published figures' : `${count(hits)} of ${plural(judged.length, 'figure')} hit`}
      padded={false}
      aside={
        <span className={css.buttons}>
          <Button variant="default" size="xs" onClick={() => download(`${name}.csv`, csv(), 'text/csv;charset=utf-8')}>
            CSV
          </Button>
          <Button variant="default" size="xs" onClick={() => download(`${name}.md`, markdown(), 'text/markdown;charset=utf-8')}>
            Markdown
          </Button>
        </span>
      }
    >
      <DataTable caption={`${table.title}: published figures and ours`} columns={columns} rows={rows} maxHeight={640} />
    </Card>
  );
}
