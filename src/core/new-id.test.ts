import { webcrypto } from 'node:crypto';
import { expect, it } from 'vitest';
import { newId } from './new-id';

const plain = { getRandomValues: webcrypto.getRandomValues.bind(webcrypto) as Crypto['getRandomValues'] };

it('a page that is not served securely has ids of the same form, each its own', () => {
  const ids = Array.from({ length: 500 }, () => newId(plain));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(500);
});

it('where the browser makes them, it does', () => {
  expect(newId({ ...plain, randomUUID: () => 'made by the browser' })).toBe('made by the browser');
});
