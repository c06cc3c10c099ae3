/** Saves a comparison as one HTML file. */
import { reportHtml } from '../../../analysis/report';
import type { Partition } from '../../../analysis/slices';
import type { RunRecord } from '../../../core/run';
import { download } from '../../../ui/download';
import { protocolWords } from '../leaderboard/split-words';
import { settingRows } from '../setting-words';

export function saveReport(runs: readonly RunRecord[], names: readonly string[], metric: string, pairs: { partitions: Partition[] } | null): void {
  // The four slices are drawn anyway.
  const partitions = pairs?.partitions.filter((p) => p.id !== 'temperature') ?? [];
  download('coldwave-comparison.html', reportHtml({ runs, names, metric, partitions, settings: settingRows(runs), ...(runs[0] ? { protocol: protocolWords(runs[0].split.spec) } : {}), madeAt: new Date().toISOString() }), 'text/html;charset=utf-8');
}
