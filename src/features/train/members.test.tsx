// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MembersField } from './members';

beforeAll(() => {
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  globalThis.matchMedia = (media) => ({ matches: false, media, onchange: null, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {}, dispatchEvent: () => false });
});
afterEach(cleanup);

let now = '';
function Field({ start }: { start: string }) {
  const [value, setValue] = useState(start);
  const take = (text: string): void => {
    now = text;
    setValue(text);
  };
  return <MantineProvider><MembersField label="Members" value={value} onChange={take} /></MantineProvider>;
}
const shares = (): (string | null)[] => screen.getAllByRole('status').map((o) => o.textContent);

describe('members of a blend', () => {
  it('shares are weights in proportion; a slider changes one weight and so both shares', () => {
    render(<Field start="item-knn(k=5):0.25,als:0.25" />);
    expect(shares()).toEqual(['50 %', '50 %']);
    expect(screen.getByText('k 5')).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('slider', { name: 'Weight of ItemKNN' }), { key: 'End' });
    expect(now).toBe('item-knn(k=5):1,als:0.25');
    expect(shares()).toEqual(['80 %', '20 %']);
  });
  it('two members stay; of three one can be taken out', () => {
    render(<Field start="item-knn:0.5,als:0.25,ease:0.25" />);
    fireEvent.click(screen.getByRole('button', { name: 'Take EASE out' }));
    expect(now).toBe('item-knn:0.5,als:0.25');
    expect(screen.getByRole('button', { name: 'Take ItemKNN out' }).hasAttribute('disabled')).toBe(true);
  });
  it('text that cannot be read is said and changes nothing; text that can is taken', () => {
    now = '';
    render(<Field start="item-knn:0.5,als:0.5" />);
    const text = screen.getByRole('textbox', { name: 'The blend as text' });
    fireEvent.change(text, { target: { value: 'item-knn:7,als:0.5' } });
    expect(screen.getByText(/a weight from 0 to 1 each/)).toBeTruthy();
    expect(now).toBe('');
    fireEvent.change(text, { target: { value: 'ease:1,als:0.5' } });
    expect(now).toBe('ease:1,als:0.5');
  });
});
