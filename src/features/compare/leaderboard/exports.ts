/** The board as files: CSV, Markdown, LaTeX, and every run as JSON. */
import { boardColumns, boardTable, type BoardFacts, type BoardTable } from '../../../analysis/board-table';
import { toLatex } from '../../../analysis/export-latex';
import { toMarkdown } from '../../../analysis/export-markdown';
import { leaderboard, type Board, type BoardEntry } from '../../../analysis/leaderboard';
import { toCsv } from '../../../ui/csv';
import { download } from '../../../ui/download';
import { protocolWords } from './split-words';
import type { BoardSource } from './sources';

export interface Exported {
  extension: 'csv' | 'md' | 'tex' | 'json';
  text: string;
  type: string;
}

function factsOf(source: BoardSource): BoardFacts {
  const run = source.runs[0]!;
  return { data: run.data.name, counts: run.data.counts, protocol: protocolWords(run.split.spec), splitHash: run.split.hash, sampled: source.ground.sampled, title: source.label };
}

/** For papers: the chosen metric first, hit rate and NDCG at the same K beside it. */
function tableOf(entries: readonly BoardEntry[], board: Board, source: BoardSource): BoardTable {
  const others = ['HR', 'NDCG'].filter((m) => m !== board.view.metric).map((metric) => leaderboard(entries, { ...board.view, metric }));
  return boardTable([board, ...others], factsOf(source));
}

export function exportBoard(kind: Exported['extension'], entries: readonly BoardEntry[], board: Board, source: BoardSource): Exported {
  switch (kind) {
    case 'csv': {
      const { header, rows } = boardColumns(board);
      return { extension: 'csv', text: toCsv(header, rows), type: 'text/csv;charset=utf-8' };
    }
    case 'md':
      return { extension: 'md', text: toMarkdown(tableOf(entries, board, source)), type: 'text/markdown;charset=utf-8' };
    case 'tex':
      return { extension: 'tex', text: toLatex(tableOf(entries, board, source)), type: 'application/x-tex;charset=utf-8' };
    case 'json':
      // A list of runs, as the run list imports it.
      return { extension: 'json', text: `${JSON.stringify(entries.flatMap((e) => e.runs), null, 1)}\n`, type: 'application/json' };
  }
}

export function downloadBoard(kind: Exported['extension'], entries: readonly BoardEntry[], board: Board, source: BoardSource): void {
  const { extension, text, type } = exportBoard(kind, entries, board, source);
  download(`coldwave leaderboard ${source.label}.${extension}`, text, type);
}
