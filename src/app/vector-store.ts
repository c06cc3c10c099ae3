/** The vector cache in IndexedDB. Facts about a block lie apart from its vectors, so that looking up reads little. */
import Dexie, { type EntityTable } from 'dexie';
import { blocksToDrop, rowsToRead, type BlockFacts, type VectorCache } from './vector-cache';

interface StoredFacts extends BlockFacts {
  encoder: string;
  dim: number;
}
interface StoredBlock {
  id: number;
  vectors: Float32Array; // [keys, dim]
}

/** About 170,000 texts of 384 dimensions. */
const LIMIT_BYTES = 256e6;

class TextDatabase extends Dexie {
  facts!: EntityTable<StoredFacts, 'id'>;
  blocks!: EntityTable<StoredBlock, 'id'>;
  constructor() {
    super('coldwave-text');
    this.version(1).stores({ facts: '++id, encoder', blocks: 'id' });
  }
}

/** A private window or a full disk makes the cache useless, never the embedding. */
async function orElse<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}

export function openVectorStore(): VectorCache {
  const db = new TextDatabase();
  return {
    find: (encoder, keys) =>
      orElse(async () => {
        const facts = await db.facts.where('encoder').equals(encoder).toArray();
        const plan = rowsToRead(facts, keys);
        const ids = [...plan.keys()];
        const blocks = await db.blocks.bulkGet(ids);
        const found = new Map<string, Float32Array>();
        for (const block of blocks) {
          const dim = facts.find((f) => f.id === block?.id)?.dim;
          if (!block || !dim) continue;
          for (const { key, row } of plan.get(block.id) ?? []) found.set(key, block.vectors.subarray(row * dim, (row + 1) * dim));
        }
        await db.facts.where('id').anyOf(ids).modify({ usedAt: Date.now() });
        return found;
      }, new Map<string, Float32Array>()),
    add: (encoder, keys, vectors, dim) =>
      orElse(
        () =>
          db.transaction('rw', db.facts, db.blocks, async () => {
            const id = await db.facts.add({ encoder, dim, keys: [...keys], bytes: vectors.byteLength, usedAt: Date.now() });
            await db.blocks.put({ id, vectors });
            const drop = blocksToDrop(await db.facts.toArray(), LIMIT_BYTES);
            await Promise.all([db.facts.bulkDelete(drop), db.blocks.bulkDelete(drop)]);
          }),
        undefined,
      ),
  };
}
