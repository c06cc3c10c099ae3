/** The table itself: who is best, by how much, and who cannot be told apart. */
import { Button, Menu, SegmentedControl, Select } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { testWords } from '../../../analysis/board-table';
import { entriesOf, leaderboard, type Board, type BoardRow } from '../../../analysis/leaderboard';
import { removePlan } from '../../../app/queue';
import { METRIC_IDS } from '../../../app/train-form';
import { CUTOFFS, SLICES, type SliceId } from '../../../core/metric';
import type { RunRecord } from '../../../core/run';
import { Card } from '../../../ui/Card';
import { DataTable, type DataColumn } from '../../../ui/DataTable';
import { count, interval, plural, rate, seconds } from '../../../ui/format';
import { Help } from '../../../ui/Help';
import { Reading } from '../../../ui/Reading';
import { SampledBadge } from '../../../ui/SampledBadge';
import { useWidth } from '../../../ui/use-width';
import { metricWords } from '../../train/metric-words';
import { sliceTitles } from '../../train/series';
import { boardReading, sameEverySeed } from './board-words';
import { downloadBoard, exportBoard } from './exports';
import { IntervalStrip } from './interval-strip';
import { describe } from './setup';
import type { BoardSource } from './sources';
import { cardFor, changeView, showBoard, useBoard } from './store';
import css from './leaderboard.module.css';

const labelOf = (run: RunRecord): string => {
  const card = cardFor(run.model.id);
  return card ? describe(card, run.model.params, run.text?.column ?? null) : run.model.id;
};

export function BoardCard({ source, sources }: { source: BoardSource; sources: readonly BoardSource[] }) {
  const view = useBoard((s) => s.view);
  const [copied, setCopied] = useState<string | null>(null);
  const entries = useMemo(() => entriesOf(source.runs, labelOf), [source.runs]);
  // Testing every pair takes a moment on large data: the controls answer first.
  const shown = useDeferredValue(view);
  const board = useMemo(() => leaderboard(entries, shown), [entries, shown]);
  const name = `${shown.metric}@${shown.k}`;
  const sampled = source.runs[0]?.sampled;

  const copy = async (kind: 'tex' | 'md'): Promise<void> => {
    try {
      // Over plain HTTP, from another machine, there is no clipboard at all.
      await navigator.clipboard.writeText(exportBoard(kind, entries, board, source).text);
      setCopied(kind === 'tex' ? 'LaTeX copied.' : 'Markdown copied.');
    } catch {
      setCopied('The browser does not let the page copy; save the file instead.');
    }
  };

  return (
    <Card
      title={<>Leaderboard{sampled && <> <SampledBadge sampled={sampled} /></>}</>}
      padded={false}
      aside={
        <span className={css.buttons}>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" size="xs">
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void copy('tex')}>Copy LaTeX</Menu.Item>
              <Menu.Item onClick={() => downloadBoard('tex', entries, board, source)}>LaTeX (booktabs)</Menu.Item>
              <Menu.Item onClick={() => void copy('md')}>Copy Markdown</Menu.Item>
              <Menu.Item onClick={() => downloadBoard('md', entries, board, source)}>Markdown</Menu.Item>
              <Menu.Item onClick={() => downloadBoard('csv', entries, board, source)}>CSV</Menu.Item>
              <Menu.Item onClick={() => downloadBoard('json', entries, board, source)}>Every run (JSON)</Menu.Item>
              {source.plan && !source.plan.running && (
                <>
                  <Menu.Divider />
                  <Menu.Item onClick={() => void removePlan(source.plan!.plan.id).then(() => showBoard(null))}>Remove this board (runs stay)</Menu.Item>
                </>
              )}
            </Menu.Dropdown>
          </Menu>
        </span>
      }
      footer={<Footnotes board={board} source={source} copied={copied} />}
    >
      <div className={css.tools}>
        <Select className={css.boardSelect} size="xs" aria-label="Which board" data={sources.map((s) => ({ value: s.id, label: s.label }))} value={source.id} allowDeselect={false} onChange={(id) => id && showBoard(id)} />
        <Select className={css.metricSelect} size="xs" aria-label="Metric" data={[...METRIC_IDS]} value={view.metric} allowDeselect={false} onChange={(m) => m && changeView({ metric: m })} />
        <SegmentedControl size="xs" aria-label="List length K" data={CUTOFFS.map(String)} value={String(view.k)} onChange={(k) => changeView({ k: Number(k) })} />
        <SegmentedControl size="xs" aria-label="Items measured" data={SLICES.map((s) => ({ value: s, label: shortSlice[s] }))} value={view.slice} onChange={(s) => changeView({ slice: s as SliceId })} />
      </div>
      {board.empty ? <p className={css.emptySlice}>{board.empty}</p> : <BoardTableView board={board} name={name} />}
      {!board.empty && (
        <div className={css.reading}>
          <Reading>{boardReading(board)}</Reading>
        </div>
      )}
    </Card>
  );
}

const shortSlice: Record<SliceId, string> = { all: 'All', warm: 'Warm', cold: 'Cold', new: 'New' };

/** Below this many pixels the strip goes and the seconds stand under the name, so that groups and slices stay in sight on a projector. */
const ROOMY = 680;

function BoardTableView({ board, name }: { board: Board; name: string }) {
  const [box, width] = useWidth<HTMLDivElement>(900);
  const narrow = width < ROOMY;
  const { slice } = board.view;
  const shown = board.rows.filter((r) => r.value !== null);
  const from = Math.min(...shown.map((r) => r.low ?? r.value!), Infinity);
  const to = Math.max(...shown.map((r) => r.high ?? r.value!), -Infinity);
  const others = SLICES.filter((s) => s !== slice && shown.some((r) => r.slices[s].n > 0));
  const several = board.rows.some((r) => r.seeds.length > 1);
  const columns: DataColumn[] = [
    { key: 'rank', label: '#', align: 'right' },
    { key: 'model', label: 'Model', align: 'left' },
    { key: 'value', label: `${name}${slice === 'all' ? '' : `, ${shortSlice[slice].toLowerCase()}`}`, ...(slice === 'all' ? {} : { tone: slice }) },
    ...(narrow ? [] : [{ key: 'strip', label: <span className={css.stripHead}>95 % interval</span>, align: 'left' as const }]),
    ...(board.tested ? [{ key: 'group', label: <>Group <Help term="Groups">Models that share a letter cannot be told apart on these users ({testWords(board)}).</Help></>, align: 'center' as const }] : []),
    ...others.map((s): DataColumn => ({ key: s, label: shortSlice[s], ...(s === 'all' ? {} : { tone: s }) })),
    ...(narrow ? [] : [{ key: 'seconds', label: 'Seconds' }]),
  ];
  const rows = board.rows.map((r) => ({
    rank: r.rank ?? '–',
    model: <ModelCell row={r} time={narrow && r.seconds !== null ? seconds(r.seconds) : null} />,
    value: r.value === null ? '–' : (
      <>
        <b className={r.tiedWithBest ? css.strong : css.plain}>{rate(r.value)}</b>
        <span className={css.below}>{[several && r.sd !== null ? `sd ${spread(r.sd)}` : '', r.low !== null && r.high !== null ? interval(r.low, r.high, r.value) : 'expected'].filter(Boolean).join(' · ')}</span>
      </>
    ),
    strip: r.value === null ? '' : <IntervalStrip value={r.value} low={r.low} high={r.high} from={from} to={to} baseline={r.kind !== 'model'} />,
    group: r.letters === '' ? '–' : <span className={css.letters}>{[...r.letters].map((l) => <span key={l} className={css.letter} data-first={l === 'a' || undefined}>{l}</span>)}</span>,
    ...Object.fromEntries(others.map((s) => [s, r.slices[s].value === null ? '–' : rate(r.slices[s].value)])),
    seconds: r.seconds === null ? '–' : seconds(r.seconds).replace(/\u00a0/g, ' '),
  }));
  return (
    <div ref={box} className={narrow ? css.narrow : undefined}>
      <DataTable caption={`Models by ${name}, ${sliceTitles[slice].toLowerCase()}, best first`} columns={columns} rows={rows} maxHeight={760} />
    </div>
  );
}

function ModelCell({ row, time }: { row: BoardRow; /** Where there is no column for it. */ time: string | null }) {
  const badge = row.rank === 1 ? 'best' : row.tiedWithBest ? 'tied with best' : null;
  return (
    <span className={css.name}>
      <span>
        {row.label} {badge && <span className={css.chip} title={badge === 'best' ? undefined : 'Cannot be told apart from the best on these users'}>{badge}</span>}
      </span>
      <small>
        {[rowFacts(row), time].filter(Boolean).join(' · ')}
      </small>
    </span>
  );
}

function rowFacts(row: BoardRow): string {
  if (row.kind === 'chance') return 'baseline: the candidates in any order';
  const card = row.runs[0] && cardFor(row.runs[0].model.id);
  const seeds = card?.deterministic ? 'no chance in it, one run' : row.seeds.length > 0 ? `seed${row.seeds.length > 1 ? 's' : ''} ${row.seeds.join(', ')}` : '';
  return [row.kind === 'popularity' ? 'baseline' : '', seeds, sameEverySeed(row), row.runs.some((r) => r.warnings.length > 0) ? 'with warnings' : ''].filter(Boolean).join(' · ');
}

/** A spread that four digits cannot show is not nothing. */
const spread = (sd: number): string => (sd > 0 && sd < 0.00005 ? '< .0001' : rate(sd));

function Footnotes({ board, source, copied }: { board: Board; source: BoardSource; copied: string | null }) {
  const n = board.rows[0]?.n ?? 0;
  const words = metricWords(board.view.metric);
  return (
    <div className={css.notes}>
      <p>
        n = {plural(n, 'user')} of {source.runs[0]?.data.name}, split {source.ground.split.slice(0, 8)}. {words.formula}. Small figures: 95 % interval over users{board.rows.some((r) => r.seeds.length > 1) ? ' (each user’s mean over seeds), sd over seeds' : ''}.
      </p>
      <p>{board.tested ? `Told apart only where both tests say so: ${testWords(board)}. They weigh users, not seeds.` : board.untested}</p>
      {source.missing > 0 && <p>{plural(source.missing, 'run')} of this board {source.missing === 1 ? 'was' : 'were'} deleted since.</p>}
      {source.apart.length > 0 && (
        <details>
          <summary>
            {plural(source.apart.reduce((sum, a) => sum + a.runs.length, 0), 'run')} not in this table, and why
          </summary>
          <ul>
            {source.apart.map((a) => (
              <li key={a.reason}>
                {count(a.runs.length)}: {a.reason}.
              </li>
            ))}
          </ul>
        </details>
      )}
      <output>{copied}</output>
    </div>
  );
}
