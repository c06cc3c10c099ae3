/** Names beside the points of a chart, without one lying on another. Pure. */
import { fitLabel, labelWidth } from './plot-scale';

const LONGEST = 170;
const TALL = 13;
/** Pixels between the middle of a point and its name. */
const GAP = 8;

/**
 * Each name at the right of its point, else at its left, else above or below it; left out where all four are taken.
 * @param left, right edges of the drawing
 * @returns where the text of a name begins, and its baseline
 */
export function placedNames(points: readonly { label: string; x: number; y: number }[], left: number, right: number): { label: string; x: number; y: number }[] {
  const taken = points.map((p) => ({ x0: p.x - 5, x1: p.x + 5, y0: p.y - 5, y1: p.y + 5 }));
  return points.flatMap((p) => {
    const label = fitLabel(p.label, LONGEST, 11);
    const wide = labelWidth(label);
    const middle = Math.min(right - wide, Math.max(left, p.x - wide / 2));
    for (const at of [{ x: p.x + GAP, y: p.y + 4 }, { x: p.x - GAP - wide, y: p.y + 4 }, { x: middle, y: p.y - GAP }, { x: middle, y: p.y + GAP + 9 }]) {
      const box = { x0: at.x, x1: at.x + wide, y0: at.y - TALL + 3, y1: at.y + 3 };
      if (box.x0 < left || box.x1 > right || taken.some((t) => t.x0 < box.x1 && t.x1 > box.x0 && t.y0 < box.y1 && t.y1 > box.y0)) continue;
      taken.push(box);
      return [{ label, ...at }];
    }
    return [];
  });
}
