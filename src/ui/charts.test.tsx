// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReactNode } from 'react';
import { BarChart } from './BarChart';
import { DotPlot } from './DotPlot';
import { Heatmap } from './Heatmap';
import { Histogram } from './Histogram';
import { ScatterPlot } from './ScatterPlot';

vi.mock('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url', () => ({ default: '' }));

beforeAll(() => {
  window.matchMedia = ((query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false, onchange: null })) as typeof window.matchMedia;
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  // jsdom draws nothing; what the canvas shows is judged in the browser.
  HTMLCanvasElement.prototype.getContext = () => null;
});
afterEach(cleanup);

const show = (chart: ReactNode) => render(<MantineProvider env="test">{chart}</MantineProvider>);
async function twinOf(title: string): Promise<string[]> {
  fireEvent.click(screen.getByRole('button', { name: `${title}: table and export` }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Show as table' }));
  const table = await screen.findByRole('table', { name: `${title}, as a table` });
  return within(table).getAllByRole('row').map((r) => [...r.querySelectorAll('th, td')].map((c) => c.textContent?.trim()).join(' | '));
}

describe('BarChart', () => {
  const bars = [{ key: 'b', label: '<img src=x onerror=alert(1)>', value: 7, total: 9 }, { key: 'a', label: 'Spain', value: 2, total: 2 }];
  it('offers every bar as a switch that says its value, and shows hostile names as text', () => {
    const toggled: string[] = [];
    const { container } = show(<BarChart title="Countries" bars={bars} nameLabel="Country" valueLabel="Plays" exportName="c" selected={new Set(['a'])} onToggle={(k) => toggled.push(k)} />);
    expect(container.querySelector('img')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: '<img src=x onerror=alert(1)>: 7 of 9' }));
    expect(toggled).toEqual(['b']);
    expect(screen.getByRole('button', { name: 'Spain: 2' }).getAttribute('aria-pressed')).toBe('true');
  });
  it('has a table twin with all bars, also those not drawn', async () => {
    show(<BarChart title="Countries" bars={bars} nameLabel="Country" valueLabel="Plays" exportName="c" limit={1} />);
    expect(await twinOf('Countries')).toEqual(['Country | Plays | Of all', '<img src=x onerror=alert(1)> | 7 | 9', 'Spain | 2 | 2']);
  });
});

describe('Histogram', () => {
  const bins = [{ x0: 0, x1: 10, value: 4 }, { x0: 10, x1: 20, value: 6 }, { x0: 20, x1: 30, value: 1 }];
  it('narrows the range from the keyboard, snapped to bins, and clears it at full width', () => {
    const ranges: unknown[] = [];
    const { rerender } = show(<Histogram title="Age" bins={bins} xLabel="Age" yLabel="Users" exportName="h" onRange={(r) => ranges.push(r)} />);
    fireEvent.change(screen.getByRole('slider', { name: 'Age: from' }), { target: { value: '1' } });
    rerender(<MantineProvider env="test"><Histogram title="Age" bins={bins} xLabel="Age" yLabel="Users" exportName="h" range={[10, 30]} onRange={(r) => ranges.push(r)} /></MantineProvider>);
    fireEvent.change(screen.getByRole('slider', { name: 'Age: from' }), { target: { value: '0' } });
    expect(ranges).toEqual([[10, 30], null]);
  });
  it('names whole-number bins by the values in them', async () => {
    show(<Histogram title="Age" bins={bins} xLabel="Age" yLabel="Users" exportName="h" />);
    expect((await twinOf('Age'))[1]).toBe('0 to 9 | 4');
  });
});

describe('DotPlot', () => {
  it('reads a row with its interval', () => {
    show(<DotPlot title="Difference" rows={[{ key: 'w', label: 'Warm', detail: 'n = 5', dots: [{ series: 's', value: 0.1, low: 0.05, high: 0.15 }] }]} series={[{ id: 's', label: 'NDCG@10', tone: 'warm' }]} nameLabel="Slice" valueLabel="difference" exportName="d" />);
    expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('Warm (n = 5): NDCG@10 .100, from .050 to .150');
  });
});

describe('ScatterPlot', () => {
  it('leaves out what a log axis cannot show, and reads points from left to right', () => {
    show(<ScatterPlot title="Cloud" x={[5, 1, 3]} y={[10, 100, 0]} yScale="log" labelOf={(k) => `p${k}`} xLabel="Tempo" yLabel="Plays" exportName="s" />);
    const reader = screen.getByRole('slider');
    expect([reader.getAttribute('max'), reader.getAttribute('aria-valuetext')]).toEqual(['1', 'p1: Tempo 1, Plays 100']);
  });
});

describe('Heatmap', () => {
  it('walks down a row with the arrow key', () => {
    show(<Heatmap title="Map" rows={['a', 'b']} columns={['x', 'y', 'z']} values={[1, 0.5, Number.NaN, -0.25, 0, 1]} valueLabel="r" exportName="m" />);
    const reader = screen.getByRole('slider');
    fireEvent.focus(reader);
    fireEvent.keyDown(reader, { key: 'ArrowDown' });
    expect(reader.getAttribute('aria-valuetext')).toBe('b, x: −.25');
  });
});
