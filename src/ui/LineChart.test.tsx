// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { rate } from './format';
import { LineChart, type ChartSeries } from './LineChart';

vi.mock('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url', () => ({ default: '' }));

beforeAll(() => {
  window.matchMedia = ((query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false, onchange: null })) as typeof window.matchMedia;
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
});
afterEach(cleanup);

const series: ChartSeries[] = [
  { id: 'warm', label: 'warm', tone: 'warm', points: [{ x: 1, y: 0.1, low: 0.08, high: 0.12 }, { x: 2, y: 0.2, low: 0.18, high: 0.22 }] },
  { id: 'cold', label: 'cold', tone: 'cold', points: [{ x: 1, y: 0.01 }, { x: 2, y: 0.03 }] },
];
const chart = (given = series) =>
  render(
    <MantineProvider env="test">
      <LineChart title="HR@10 by epoch" series={given} baselines={[{ label: 'popularity', y: 0.08 }]} xLabel="Epoch" xMax={10} yFormat={rate} exportName="hr" empty="Curves appear after the first epoch." />
    </MantineProvider>,
  );

describe('LineChart', () => {
  it('labels every line at its end, and the baselines, once the drawing code is there', async () => {
    const { container } = chart();
    await waitFor(() => expect(container.querySelector('svg.recharts-surface')).toBeTruthy(), { timeout: 20_000 });
    const texts = [...container.querySelectorAll('svg text')].map((t) => t.textContent);
    expect(texts).toEqual(expect.arrayContaining(['warm', 'cold', 'popularity', '10']));
  });
  it('reads the values at a point to who moves along it by keyboard', () => {
    chart();
    const reader = screen.getByRole('slider', { name: 'HR@10 by epoch: read along epoch' });
    fireEvent.change(reader, { target: { value: '1' } });
    expect(reader.getAttribute('aria-valuetext')).toBe('Epoch 2: warm .2000, from .1800 to .2200; cold .0300');
  });
  it('has a table twin with the same numbers', async () => {
    chart();
    fireEvent.click(screen.getByRole('button', { name: 'HR@10 by epoch: table and export' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Show as table' }));
    const table = await screen.findByRole('table', { name: 'HR@10 by epoch, as a table' });
    await waitFor(() => expect(within(table).getAllByRole('row').map((r) => r.textContent?.replace(/\s+/g, ' ').trim())).toEqual(['Epoch warm cold', '1.1000 ±.020.0100', '2.2000 ±.020.0300']));
  });
  it('says what will be here while there is nothing', () => {
    chart([]);
    expect(screen.getByText('Curves appear after the first epoch.')).toBeTruthy();
  });
});
