// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../core/run';
import { BeyondTable } from './beyond-table';

beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  globalThis.matchMedia = (media) => ({ matches: false, media, onchange: null, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false });
});
afterEach(cleanup);

const values = { coverage: 0.25, gini: 0.9, novelty: 4.5, averagePopularity: 1234.5, diversity: 0.6 };
const cells = (beyond: NonNullable<RunRecord['beyond']>, model = 'ease'): string[][] => {
  render(<MantineProvider><BeyondTable beyond={beyond} name="EASE" model={model} /></MantineProvider>);
  const table = screen.getByRole('table', { name: 'Beyond accuracy of EASE' });
  return within(table).getAllByRole('row').map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim()));
};

describe('the table beyond accuracy', () => {
  it('shows the model above popularity, each figure as it is read', () => {
    expect(cells({ k: 10, lists: 1883, vectors: 'text', model: values, popularity: { ...values, novelty: 2, averagePopularity: 7.25 } })).toEqual([
      ['First 10 of 1,883 users', 'Coverage', 'Gini', 'Novelty, bits', 'Popularity, users', 'Diversity'],
      ['This model', '.2500', '.9000', '4.50', '1,235', '.6000'],
      ['Popularity', '.2500', '.9000', '2.00', '7.3', '.6000'],
    ]);
    expect(screen.getByText(/compares the items’ text vectors/)).toBeDefined();
  });
  it('without vectors there is no column of diversity, and what has no value is a dash', () => {
    const none = { ...values, gini: null, diversity: null };
    expect(cells({ k: 10, lists: 3, vectors: null, model: none, popularity: none })[1]).toEqual(['This model', '.2500', '–', '4.50', '1,235']);
  });
  it('popularity is not set beside itself', () => {
    expect(cells({ k: 10, lists: 3, vectors: null, model: values, popularity: values }, 'popularity')).toHaveLength(2);
  });
});
