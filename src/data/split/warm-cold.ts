/** Warm, cold and strictly new items, by train degree. */
import type { ColdRule } from '../../core/split';

export interface WarmCold {
  /** 1 = cold. */
  cold: Uint8Array; // [I]
  coldItems: number;
  newItems: number;
  highestColdDegree: number | null;
  lowestWarmDegree: number | null;
  notes: string[];
}

/**
 * 'share': the floor(share·I) items of lowest train degree, ties by ascending item index (the lower index is cold first).
 * 'atMost': items with at most `max` train interactions.
 * Items without any train interaction are cold under either rule.
 */
export function warmCold(itemDegree: Int32Array, rule: ColdRule): WarmCold {
  const I = itemDegree.length;
  const cold = new Uint8Array(I);
  if (rule.kind === 'share') {
    const order = new Int32Array(I);
    for (let i = 0; i < I; i++) order[i] = i;
    order.sort((a, b) => itemDegree[a]! - itemDegree[b]! || a - b);
    // 0.29 · 100 is 28.999999999999996 in floating point and must count as 29.
    const n = Math.min(I, Math.floor(rule.share * I + 1e-9));
    for (let k = 0; k < n; k++) cold[order[k]!] = 1;
  } else {
    for (let i = 0; i < I; i++) if (itemDegree[i]! <= rule.max) cold[i] = 1;
  }
  for (let i = 0; i < I; i++) if (itemDegree[i] === 0) cold[i] = 1;

  const out: WarmCold = { cold, coldItems: 0, newItems: 0, highestColdDegree: null, lowestWarmDegree: null, notes: [] };
  for (let i = 0; i < I; i++) {
    const degree = itemDegree[i]!;
    if (degree === 0) out.newItems++;
    if (cold[i]) {
      out.coldItems++;
      out.highestColdDegree = Math.max(out.highestColdDegree ?? 0, degree);
    } else {
      out.lowestWarmDegree = Math.min(out.lowestWarmDegree ?? degree, degree);
    }
  }
  if (out.highestColdDegree !== null && out.highestColdDegree === out.lowestWarmDegree) {
    const degree = out.highestColdDegree;
    let tiedCold = 0;
    let tiedWarm = 0;
    for (let i = 0; i < I; i++) {
      if (itemDegree[i] !== degree) continue;
      if (cold[i]) tiedCold++;
      else tiedWarm++;
    }
    out.notes.push(`The border falls among items with ${degree} train interactions: ${tiedCold} of them ${tiedCold === 1 ? 'counts' : 'count'} as cold and ${tiedWarm} as warm, by order of item id.`);
  }
  return out;
}
