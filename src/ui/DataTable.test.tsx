// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DataTable } from './DataTable';

beforeAll(() => {
  // jsdom measures nothing; the table only needs to know that it is there.
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { get: () => 300, configurable: true });
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => 600, configurable: true });
});
afterEach(cleanup);

const columns = [
  { key: 'name', label: 'Artist' },
  { key: 'plays', label: 'Plays' },
];
const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `artist ${i}`, plays: i }));

describe('DataTable', () => {
  it('draws every row of a short table, under its caption', () => {
    render(<DataTable columns={columns} rows={rows(3)} caption="Most played" />);
    const table = screen.getByRole('table', { name: 'Most played' });
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(table.getAttribute('aria-rowcount')).toBeNull();
  });
  it('keeps only rows in sight of 10,000 in the page, and tells the true number', () => {
    render(<DataTable columns={columns} rows={rows(10_000)} caption="All artists" maxHeight={300} />);
    const table = screen.getByRole('table', { name: 'All artists' });
    const drawn = within(table).getAllByRole('row').length;
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThan(60);
    expect(table.getAttribute('aria-rowcount')).toBe('10001');
    expect(screen.getByText('artist 0').closest('tr')?.getAttribute('aria-rowindex')).toBe('2');
  });
  it('offers a row by a button, and tells once which one was chosen', () => {
    const onRow = vi.fn();
    const given = rows(3);
    render(<DataTable columns={columns} rows={given} caption="Pick" onRow={onRow} />);
    fireEvent.click(screen.getByRole('button', { name: 'artist 1' }));
    expect(onRow.mock.calls).toEqual([[1, given[1]]]);
  });
});
