/** Calls of the workers that ask a finished run: serve (lists, reasons, new users and items) and map (its layout in the plane). */
import type { DataSet, TextVectors } from '../src/core/dataset';
import type { RunRecord } from '../src/core/run';
import type { Matrix, ModelState, NewItem, Ranked, Reason } from '../src/core/model';
import type { IndexPlan } from '../src/retrieval/plan';
import type { SearchChoice, SearchReport } from '../src/retrieval/serve';

/** What the serve worker needs of a run to bring its model back. */
export type ServedRun = Pick<RunRecord, 'id' | 'name' | 'data' | 'split' | 'model' | 'text' | 'measured'>;

/** Which questions a model can answer besides scoring. */
export interface ModelAbilities {
  similarItems: boolean;
  foldIn: boolean;
  explain: boolean;
  vectors: boolean;
  newItem: boolean;
}
export interface OpenedModel {
  runId: string;
  can: ModelAbilities;
  /** What `diversity` compares items by: the text vectors at hand, else the model's own vectors, else who has them both. */
  likeness: 'text' | 'model' | 'listeners';
  /** Train interactions. */
  itemDegree: Int32Array; // [I]
  userDegree: Int32Array; // [U]
  /** Users with a test item, ascending: the order of a run's `perUser.ranks`. */
  testUsers: Int32Array;
  /** 0 warm, 1 cold, 2 strictly new. */
  temperature: Uint8Array; // [I]
}
/** 'absent': no weights are stored for this run, so it has to be fitted again. 'needs': send these first. */
export type OpenAnswer = { status: 'open'; opened: OpenedModel } | { status: 'absent' } | { status: 'needs'; data: boolean; text: boolean };

/** Somebody to make a list for: a user of the data, or whoever has these items. */
export type ServedPerson = { user: number } | { history: number[] };
/** One label of an item column. */
export interface ColumnLevel {
  column: string;
  level: string;
}
export interface ListOptions {
  k: number;
  /** What is left out: the person's train items; those and what the run's own test left out ('measured'); nothing. */
  seen: 'train' | 'measured' | 'none';
  /** −1 prefers what many have, 0 is the model's own order, 1 prefers what few have. */
  discovery: number;
  /** 0 … 1: share of maximal marginal relevance that goes to being unlike the items above. */
  diversity: number;
  /** Items with any of these are left out. */
  without: ColumnLevel[];
  /** Where not empty: only items with at least one of these. */
  only: ColumnLevel[];
  /** Candidates found through the index that was built for this model, instead of by scoring every item. */
  search?: SearchChoice;
}
export interface ServedList {
  /** Best first. */
  items: Int32Array;
  /** The model's own scores. */
  scores: Float32Array;
  /** Place from 1 by the model's own score among the same candidates, before discovery and diversity. */
  places: Int32Array;
  candidates: number;
  /** The user's held-out items: rank by the model's own score as the test has it (ties against it), 0 where it is no candidate; place in this list from 1, 0 where it is not in it. */
  heldOut: { item: number; part: 'validation' | 'test'; rank: number; score: number; place: number }[];
  /** What the search asked for gave up and gained; or why the list is exact all the same. Absent where none was asked for. */
  search?: SearchReport | { exact: ExactBecause };
  /** What puts somebody new where they are, in the model's words. */
  placedBy?: string;
}
/**
 * 'not built': no such index is held (any more). 'discovery': the slider weighs every candidate against all others. 'newcomer': the model has no
 * vector for a history. 'no vectors': its scores are no inner products.
 */
export type ExactBecause = 'not built' | 'discovery' | 'newcomer' | 'no vectors';
/** Whether a model's lists can be served through an index of its items' vectors. */
export type SearchFacts = { can: true; n: number; dim: number } | { can: false; why: 'no vectors' | 'other scores' };
export interface ServedHistory {
  /** Distinct train items, newest last where there are times. */
  train: { item: number; time: number | null; value: number | null }[];
  validation: number[];
  test: number[];
}
/** Why an item is in somebody's list. */
export interface ServedWhy {
  /** The model's own reasons; null where it cannot say. */
  reasons: Reason[] | null;
  /** Items of the history most like this one, and who says so. */
  nearest: { item: number; similarity: number }[];
  nearestBy: 'model' | 'text' | 'listeners';
  /** Labels it shares with the history: how many of the history have it, and what share of all items. */
  shared: (ColumnLevel & { inHistory: number; catalogueShare: number })[];
  historyLength: number;
  /** Likeness of the texts by their vectors, to the item of the history with the most similar text, and the words both have (share of their tf-idf cosine). */
  text: { column: string; item: number; similarity: number; words: { word: string; share: number }[] } | null;
}
export interface NewItemAnswer {
  /** Users in whose list it stands highest, best first. */
  users: { user: number; rank: number; score: number }[];
  /** In how many users' first ten (of `asked` users) it would be. */
  inTop: number;
  asked: number;
  /** Items of the catalogue it is most like, at most 1000: the nearest of somebody's history are among them. */
  similar: Ranked;
  /** What puts it where it is, in the model's words. */
  placedBy?: string;
}
/** Weights of one run, as they lie in this browser's storage. */
export interface StoredWeights {
  runId: string;
  bytes: number;
  usedAt: number;
}

export type ServeCalls = {
  /** Brings a run's model back. Up to three stay open; the one used longest ago goes first. */
  open: [{ run: ServedRun; dataHash: string; textKey: string | null; testFile?: File; /** Instead of stored weights. */ state?: ModelState }, OpenAnswer, never];
  data: [{ data: DataSet }, { hash: string }, never];
  /** Text for the open data: `key` names column and encoder. */
  text: [{ key: string; text: TextVectors }, { key: string }, never];
  close: [{ runId: string }, { open: string[] }, never];
  recommend: [{ runId: string; people: ServedPerson[]; options: ListOptions }, ServedList[], never];
  /** Scores and ranks (ties against the item; seen items are no candidates but get a score) of given items. Row-major [people, items]. */
  scores: [{ runId: string; people: ServedPerson[]; items: number[]; seen: ListOptions['seen'] }, { scores: Float32Array; ranks: Int32Array }, never];
  history: [{ runId: string; user: number }, ServedHistory, never];
  similarItems: [{ runId: string; item: number; k: number }, Ranked, never];
  why: [{ runId: string; person: ServedPerson; item: number }, ServedWhy, never];
  vectors: [{ runId: string }, { users: Matrix; items: Matrix }, never];
  searchFacts: [{ runId: string }, SearchFacts, never];
  /** Builds the index that `ListOptions.search` asks for and keeps it with the open model, in place of one built before. Ends early on cancel. */
  buildIndex: [{ runId: string; plan: IndexPlan }, { bytes: number; seconds: number }, { share: number }];
  newItem: [{ runId: string; item: NewItem; show: number }, NewItemAnswer, { done: number; total: number }];
};


/** Rows to lay out in two dimensions; each is brought to length 1 first, so that popularity does not decide where things lie. */
export interface MapRows {
  rows: number;
  cols: number;
  data: Float32Array; // [rows, cols]
}
export type MapCalls = {
  /** Directions come from the first `from` rows (the items), and all rows are laid along them. */
  pca: [MapRows & { from: number }, { xy: Float32Array; explained: [number, number]; sampled: number }, never];
  /** Cosine distances between rows; `xy` in the progress is the layout so far. Ends early on cancel. */
  umap: [MapRows & { neighbours: number; seed: number }, { xy: Float32Array }, { epoch: number; epochs: number; xy: Float32Array | null }];
};
