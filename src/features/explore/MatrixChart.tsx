import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ExploreCalls } from '../../app/explore';
import { tokenColour, useThemeTick } from '../../ui/canvas-colour';
import { ChartFrame } from '../../ui/ChartFrame';
import { toCsv } from '../../ui/csv';
import { count, percent } from '../../ui/format';
import { useWidth } from '../../ui/use-width';
import { useSession } from './session';
import { capital } from './words';
import css from './explore.module.css';

type Picture = ExploreCalls['matrix'][1];
const HEIGHT = 330;

/** Every pair of user and item, known or not. Ink is the share of a block's pairs that are known: nearly all of the matrix is blank. */
export function MatrixChart({ picture: p }: { picture: Picture }) {
  const { nouns } = useSession();
  const [box, width] = useWidth<HTMLDivElement>(600);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeTick();
  const [scale, setScale] = useState<'true' | 'log'>('true');

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    element.width = p.width;
    element.height = p.height;
    const [ink, surface] = [tokenColour(element, '--ink'), tokenColour(element, '--surface')];
    const image = context.createImageData(p.width, p.height);
    // On the log scale a block with a single known pair among ten thousand is faint, one with all is black.
    const floor = Math.log(1e-4);
    p.density.forEach((d, k) => {
      const share = scale === 'true' ? d : d > 0 ? Math.max(0.06, 1 - Math.log(Math.max(d, 1e-4)) / floor) : 0;
      for (let c = 0; c < 3; c++) image.data[k * 4 + c] = Math.round(surface[c]! + (ink[c]! - surface[c]!) * share);
      image.data[k * 4 + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }, [p, scale, theme]);

  const tenth = blocks(p);
  const inner = Math.max(40, width - 24);
  return (
    <ChartFrame
      title={`${capital(nouns.user)} × ${nouns.item} matrix`}
      aside={p.usersPerPixel > 1.01 || p.itemsPerPixel > 1.01 ? `one dot is ${blockText(p.usersPerPixel)} × ${blockText(p.itemsPerPixel)} pairs` : 'one dot is one pair'}
      exportName="matrix"
      height={HEIGHT}
      empty={p.users === 0 ? 'Nothing is selected.' : undefined}
      controls={
        <>
          <SegmentedControl size="xs" aria-label="Scale of the ink" value={scale} onChange={(v) => setScale(v as 'true' | 'log')} data={[{ value: 'true', label: 'True density' }, { value: 'log', label: 'Faint pairs raised' }]} />
          <span>{scale === 'true' ? 'Solid: every pair is known. Blank: none is.' : 'Logarithmic: each step of ink is several times fuller.'}</span>
        </>
      }
      raster={() => canvas.current && { canvas: canvas.current, x: 24, y: 0, width: inner, height: HEIGHT }}
      twin={() => ({
        columns: [{ key: 'name', label: `${capital(nouns.users)}, most active first` }, ...tenth.map((_, c) => ({ key: String(c), label: `${nouns.items} ${c * 10}–${(c + 1) * 10} %` }))],
        rows: tenth.map((row, r) => ({ name: `${r * 10}–${(r + 1) * 10} %`, ...Object.fromEntries(row.map((v, c) => [String(c), percent(v)])) })),
      })}
      csv={() => toCsv([`${nouns.users} (tenth, most active first)`, ...tenth.map((_, c) => `${nouns.items} tenth ${c + 1}`)], tenth.map((row, r) => [r + 1, ...row]))}
      reading={`${percent(p.overall)} of the ${count(p.users * p.items)} pairs are known, the rest is blank; among the busiest tenth of ${nouns.users} and the most popular tenth of ${nouns.items} ${percent(p.corner)} are known. Models learn from that corner and are asked about the rest.`}
    >
      <div ref={box} className={css.matrix}>
        <canvas ref={canvas} style={{ height: HEIGHT }} role="img" aria-label={`Matrix of ${count(p.users)} ${nouns.users} and ${count(p.items)} ${nouns.items}: ${percent(p.overall)} of the pairs are known, ${percent(p.corner)} in the corner of the most active and most popular`} />
        <svg data-chart width={width} height={HEIGHT + 20} aria-hidden="true">
          <text transform={`translate(14 ${HEIGHT}) rotate(-90)`}>{capital(nouns.users)}, most active at the top</text>
          <text x={24} y={HEIGHT + 15}>
            {capital(nouns.items)}, most popular at the left
          </text>
        </svg>
      </div>
    </ChartFrame>
  );
}

const blockText = (n: number): string => (n < 10 ? String(Number(n.toFixed(1))) : count(Math.round(n)));

/** Mean density in tenths: the picture as ten by ten numbers. */
function blocks(p: Picture): number[][] {
  const n = 10;
  const at = (k: number, size: number): number => Math.min(n - 1, Math.floor((k * n) / size));
  const sums = Array.from({ length: n }, () => new Float64Array(n));
  const sizes = Array.from({ length: n }, () => new Float64Array(n));
  for (let r = 0; r < p.height; r++) {
    for (let c = 0; c < p.width; c++) {
      sums[at(r, p.height)]![at(c, p.width)]! += p.density[r * p.width + c]!;
      sizes[at(r, p.height)]![at(c, p.width)]!++;
    }
  }
  return sums.map((row, r) => Array.from(row, (v, c) => (sizes[r]![c]! > 0 ? v / sizes[r]![c]! : Number.NaN)));
}
