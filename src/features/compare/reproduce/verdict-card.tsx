/** Each published figure beside ours, with its verdict, and as a file. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { verdictHeader, verdictRow, type PublishedTable, type Verdict } from '../../../analysis/claims';
import { escapeMarkdown } from '../../../analysis/export-markdown';
import { Card } from '../../../ui/Card';
import { toCsv } from '../../../ui/csv';
import { DataTable, type DataColumn } from '../../../ui/DataTable';
import { download } from '../../../ui/download';
import { count, plural, rate, seconds } from '../../../ui/format';
import css from './reproduce.module.css';

const digits = (tolerance: number): number => (tolerance < 0.000001 ? 8 : tolerance < 0.0005 ? 5 : 4);
const signed = (x: number, n: number): string => (Math.abs(x) < 0.5 * 10 ** -n ? rate(0, n) : `${x > 0 ? '+' : ''}${rate(x, n)}`);

export function VerdictCard({ table, verdicts }: { table: PublishedTable; verdicts: readonly Verdict[] }) {
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
          <small>{v.source}{v.row.seeds.length > 1 ? ` · ours: seeds ${v.row.seeds.join(', ')}` : ''}{v.row.slow ? ` · about ${seconds(v.row.slow)}` : ''}</small>
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
