/** The closed-form and neighbourhood models on Last.fm, user by user, against tables made with NumPy and SciPy. */
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isHit } from './reference-claim';
import { closedFormClaims, closedForms, openWorld } from './reference-full-ranking';

const shared = '../shared';
const available = existsSync(`${shared}/reference/hetrec.json`) && existsSync(`${shared}/data/hetrec2011-lastfm-2k.zip`);

describe.skipIf(!available)('HetRec Last.fm, full ranking (skipped where ../shared is absent)', () => {
  let world: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    world = await openWorld(shared, 'lastfm');
  }, 60_000);
  it.each(closedForms.filter((row) => !['ease_500', 'ease_1000'].includes(row.id)).map((row) => [row.id, row] as const))('%s hits every figure of its table', async (_, row) => {
    const claims = await closedFormClaims('lastfm', world, row);
    expect(claims.length).toBeGreaterThan(11);
    expect(claims.filter((c) => !isHit(c))).toEqual([]);
  }, 60_000);
});
