/** What this page keeps in the browser, part by part, measured by walking what is stored. */
import Dexie from 'dexie';
import { DATABASE } from './database';

export type PartId = 'data' | 'vectors' | 'runs' | 'unfinished' | 'weights' | 'plans' | 'searches' | 'ratings' | 'text-cache' | 'encoders';
export interface StoredPart {
  id: PartId;
  count: number;
  bytes: number;
}

/** Bytes of a stored value, near enough: exact for arrays of numbers and files, one byte a character, eight a number. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  if (value instanceof Blob) return value.size;
  if (value instanceof Map || value instanceof Set) return sizeOf([...value]);
  let sum = 0;
  if (Array.isArray(value)) for (const entry of value) sum += sizeOf(entry);
  else for (const [key, entry] of Object.entries(value)) sum += key.length + sizeOf(entry);
  return sum;
}

const TABLES: { part: PartId; database: string; table: string; row?: (row: Record<string, unknown>) => PartId }[] = [
  { part: 'data', database: DATABASE, table: 'workspace', row: (r) => (String(r['key']).startsWith('vectors ') ? 'vectors' : 'data') },
  { part: 'runs', database: DATABASE, table: 'runs' },
  { part: 'unfinished', database: DATABASE, table: 'checkpoints' },
  { part: 'weights', database: `${DATABASE}-weights`, table: 'facts' },
  { part: 'plans', database: `${DATABASE}-plans`, table: 'plans' },
  { part: 'searches', database: `${DATABASE}-searches`, table: 'studies' },
  { part: 'ratings', database: `${DATABASE}-ratings`, table: 'runs' },
  { part: 'text-cache', database: `${DATABASE}-text`, table: 'facts' },
];

/** Opens a database of ours as it is, without knowing its version; null where there is none. Nothing is created by looking. */
export async function withDatabase<T>(name: string, work: (db: Dexie) => Promise<T>): Promise<T | null> {
  if (!(await Dexie.exists(name))) return null;
  const db = new Dexie(name);
  try {
    await db.open();
    return await work(db);
  } finally {
    db.close();
  }
}

/** Caches the text encoders' files lie in. */
export const ENCODER_CACHES = /^(coldwave|transformers)/;

async function encoderFiles(): Promise<{ count: number; bytes: number }> {
  let [count, bytes] = [0, 0];
  for (const name of (await globalThis.caches?.keys().catch(() => [])) ?? []) {
    if (!ENCODER_CACHES.test(name)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const found = await cache.match(request);
      if (!found) continue;
      count += 1;
      // The header saves reading a hundred megabytes to learn how many they are.
      bytes += Number(found.headers.get('content-length') ?? 0) || (await found.blob()).size;
    }
  }
  return { count, bytes };
}

/** Every part there is something of, largest first. A database that cannot be read is left out. */
export async function storedParts(): Promise<StoredPart[]> {
  const parts = new Map<PartId, StoredPart>();
  const add = (id: PartId, bytes: number, count = 1): void => {
    const p = parts.get(id) ?? { id, count: 0, bytes: 0 };
    parts.set(id, { id, count: p.count + count, bytes: p.bytes + bytes });
  };
  for (const { part, database, table, row } of TABLES) {
    await withDatabase(database, async (db) => {
      if (!db.tables.some((t) => t.name === table)) return;
      // Rows of 'facts' say how heavy what they stand for is, which itself is not read.
      await db.table<Record<string, unknown>>(table).each((r) => add(row?.(r) ?? part, table === 'facts' && typeof r['bytes'] === 'number' ? r['bytes'] + sizeOf(r) : sizeOf(r)));
    }).catch(() => null);
  }
  const encoders = await encoderFiles().catch(() => ({ count: 0, bytes: 0 }));
  if (encoders.count > 0) add('encoders', encoders.bytes, encoders.count);
  return [...parts.values()].sort((a, b) => b.bytes - a.bytes);
}
