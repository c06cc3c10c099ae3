/** The closed-form and neighbourhood models on Last.fm, user by user, against tables made with NumPy and SciPy. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isHit } from '../bench/classical/claims';
import { tableClaims, tableWorld, type TableWorld } from '../bench/classical/full-ranking';
import { tables } from '../bench/classical/rows';

const shared = '../shared';
const available = existsSync(`${shared}/reference/hetrec.json`) && existsSync(`${shared}/data/hetrec2011-lastfm-2k.zip`);

describe.skipIf(!available)('HetRec Last.fm, full ranking (skipped where ../shared is absent)', () => {
  let world: TableWorld;
  beforeAll(async () => {
    world = await tableWorld(shared, 'lastfm');
  }, 60_000);
  it.each(tables.filter((row) => !['ease_500', 'ease_1000'].includes(row.name)).map((row) => [row.name, row] as const))('%s hits every figure of its table', async (_, row) => {
    const { claims } = await tableClaims(world, row);
    expect(claims.length).toBeGreaterThan(11);
    expect(claims.filter((c) => !isHit(c))).toEqual([]);
  }, 60_000);
});
