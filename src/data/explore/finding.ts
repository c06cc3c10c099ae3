/** What a quality check can find: facts and figures. Their wording, effect and remedy are the page's. */
export type Severity = 'bad' | 'caution' | 'good';

export type Finding = { severity: Severity } & (
  | { id: 'duplicates'; pairs: number; share: number }
  | { id: 'titles'; titles: number; ids: number; examples: { title: string; ids: number }[] }
  | { id: 'noTime' }
  | { id: 'timeLump'; share: number; day: number }
  | { id: 'sameMoment'; share: number }
  | { id: 'oddTimes'; rows: number; oldest: number; newest: number }
  | { id: 'heavyUser'; share: number; user: number; rows: number }
  | { id: 'popularity'; topTen: number; carriers: number; gini: number }
  | { id: 'thinUsers'; users: number; share: number }
  | { id: 'onceItems'; items: number; share: number }
  | { id: 'values'; constant: number | null; negative: number; largest: number; median: number }
  | { id: 'columns'; table: 'users' | 'items'; empty: { name: string; share: number }[]; constant: string[] }
  | { id: 'noColumns'; table: 'users' | 'items' }
  | { id: 'noText' }
  | { id: 'size'; users: number; items: number; interactions: number }
  | { id: 'farNumbers'; columns: { name: string; rows: number; farthest: number; low: number; high: number }[] }
  | { id: 'spellings'; groups: number; examples: { name: string; labels: string[] }[] }
  | { id: 'rows'; rows: number }
);

const rank: Record<Severity, number> = { bad: 0, caution: 1, good: 2 };
/** Worst first; of equals the earlier. */
export const worstFirst = (found: readonly Finding[]): Finding[] => found.map((f, k) => ({ f, k })).sort((a, b) => rank[a.f.severity] - rank[b.f.severity] || a.k - b.k).map(({ f }) => f);

export const share = (n: number, of: number): number => (of > 0 ? n / of : 0);
