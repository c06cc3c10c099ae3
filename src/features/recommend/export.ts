/** Lists as files. Texts that a spreadsheet would run as formulas are neutralised by the CSV writer. */
import { labelOf, type DataSet } from '../../core/dataset';
import type { RunRecord } from '../../core/run';
import type { Served } from '../../app/serve';
import type { ListOptions, ServedList } from '../../../workers/protocol';
import { toCsv } from '../../ui/csv';
import { SLICE_OF } from './item-words';

export interface ShownList {
  run: RunRecord;
  served: Pick<Served, 'itemDegree' | 'temperature'>;
  list: ServedList;
}

function rowsOf({ run, served, list }: ShownList, data: DataSet) {
  return Array.from(list.items, (item, n) => ({
    run: run.name,
    model: run.model.id,
    place: n + 1,
    item: data.items.ids[item]!,
    label: labelOf(data.items, item),
    score: list.scores[n]!,
    placeByScore: list.places[n]!,
    slice: SLICE_OF[served.temperature[item] ?? 0] ?? 'warm',
    trainUsers: served.itemDegree[item] ?? 0,
    heldOut: list.heldOut.find((h) => h.item === item)?.part ?? '',
  }));
}

export function listsToCsv(lists: readonly ShownList[], who: string, data: DataSet): string {
  const rows = lists.flatMap((l) => rowsOf(l, data));
  return toCsv(
    ['person', 'run', 'model', 'place', 'item', 'label', 'score', 'place by score', 'slice', 'train users', 'held out'],
    rows.map((r) => [who, r.run, r.model, r.place, r.item, r.label, r.score, r.placeByScore, r.slice, r.trainUsers, r.heldOut]),
  );
}

export function listsToJson(lists: readonly ShownList[], who: string, data: DataSet, options: ListOptions): string {
  const document = {
    person: who,
    data: { name: data.name, hash: data.hash },
    options,
    lists: lists.map((l) => ({ runId: l.run.id, run: l.run.name, model: l.run.model, split: l.run.split.hash, candidates: l.list.candidates, items: rowsOf(l, data).map(({ run: _run, model: _model, ...rest }) => rest) })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
