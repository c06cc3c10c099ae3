/** What the address says about the map: colours, layout, what is selected and where one looks. Checked; what it cannot mean is left out. */
import { useMemo } from 'react';
import { setQuery, useQuery } from '../../../app/url';

export interface MapAddress {
  /** Column the points are coloured by; null = what suits. */
  by: string | null;
  /** Legend entry shown alone. */
  only: string | null;
  /** Users beside the items. */
  users: boolean;
  umap: boolean;
  /** Source ids of what is selected. */
  pick: { kind: 'item' | 'user'; id: string }[];
  look: Look | null;
}
/** A view that means the same in a picture of another size. */
export interface Look {
  cx: number;
  cy: number;
  /** 1 = everything fits. */
  zoom: number;
}

/** More selected points than this are not kept: an address is to be sent. */
export const MOST_PICKED = 200;

function picksOf(text: string | null): MapAddress['pick'] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(list)) return [];
    return list.flatMap((x): MapAddress['pick'] => (typeof x !== 'string' || !/^[iu]:/.test(x) ? [] : [{ kind: x.startsWith('i') ? 'item' : 'user', id: x.slice(2) }])).slice(0, MOST_PICKED);
  } catch {
    return [];
  }
}

function lookOf(text: string | null): Look | null {
  const [cx, cy, zoom, more] = (text ?? '').split(',').map((x) => (x.trim() === '' ? Number.NaN : Number(x)));
  if (more !== undefined || ![cx, cy, zoom].every(Number.isFinite) || !(zoom! > 0)) return null;
  return { cx: cx!, cy: cy!, zoom: Math.min(1e4, Math.max(0.01, zoom!)) };
}

export const readMapAddress = (query: URLSearchParams): MapAddress => ({
  by: query.get('by'),
  only: query.get('only'),
  users: query.get('people') === '1',
  umap: query.get('layout') === 'umap',
  pick: picksOf(query.get('pick')),
  look: lookOf(query.get('look')),
});

const digits = (x: number): string => String(Number(x.toPrecision(5)));

/** What the parts given become in the address. */
export function mapQuery(patch: Partial<MapAddress>): Record<string, string | null> {
  const query: Record<string, string | null> = {};
  if (patch.by !== undefined) query['by'] = patch.by;
  if (patch.only !== undefined) query['only'] = patch.only;
  if (patch.users !== undefined) query['people'] = patch.users ? '1' : null;
  if (patch.umap !== undefined) query['layout'] = patch.umap ? 'umap' : null;
  if (patch.pick !== undefined) query['pick'] = patch.pick.length === 0 || patch.pick.length > MOST_PICKED ? null : JSON.stringify(patch.pick.map((p) => `${p.kind.charAt(0)}:${p.id}`));
  if (patch.look !== undefined) query['look'] = patch.look && [patch.look.cx, patch.look.cy, patch.look.zoom].map(digits).join(',');
  return query;
}

export const writeMapAddress = (patch: Partial<MapAddress>): void => setQuery(mapQuery(patch));

export function useMapAddress(): MapAddress {
  const query = useQuery();
  return useMemo(() => readMapAddress(query), [query]);
}
