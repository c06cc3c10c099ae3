/** The user × item matrix as a picture: most active users at the top, most popular items at the left. */
import type { DataSet } from '../../core/dataset';
import { byCount } from './long-tail';
import type { Selection } from './selection';

export interface MatrixPicture {
  /** Pixels. */
  width: number;
  height: number;
  /** [height · width] share of the pairs in a pixel's block that have an interaction, 0 to 1. */
  density: Float32Array;
  users: number;
  items: number;
  /** Users and items in one pixel. */
  usersPerPixel: number;
  itemsPerPixel: number;
  /** Of the whole selection. */
  overall: number;
  /** Share of filled pairs among the top tenth of users and top tenth of items. */
  corner: number;
}

/** At most `most` pixels a side; a small matrix gets one pixel per pair. Repeated pairs count once per repetition, at most 1 in all. */
export function matrixPicture(data: DataSet, selection: Selection, most: { width: number; height: number }): MatrixPicture {
  const { user, item } = data.interactions;
  const userOrder = byCount(selection.perUser);
  const itemOrder = byCount(selection.perItem);
  const [U, I] = [userOrder.length, itemOrder.length];
  const width = Math.max(1, Math.min(most.width, I));
  const height = Math.max(1, Math.min(most.height, U));
  const rowOf = places(userOrder, data.users.ids.length, height);
  const columnOf = places(itemOrder, data.items.ids.length, width);
  const counts = new Uint32Array(width * height);
  const userRank = ranks(userOrder, data.users.ids.length);
  const itemRank = ranks(itemOrder, data.items.ids.length);
  const [cornerUsers, cornerItems] = [Math.ceil(U / 10), Math.ceil(I / 10)];
  let total = 0;
  let inCorner = 0;
  for (let n = 0; n < user.length; n++) {
    if (!selection.has(n)) continue;
    const [u, i] = [user[n]!, item[n]!];
    counts[rowOf[u]! * width + columnOf[i]!]!++;
    total++;
    if (userRank[u]! < cornerUsers && itemRank[i]! < cornerItems) inCorner++;
  }
  const rows = sizes(U, height);
  const columns = sizes(I, width);
  const density = new Float32Array(width * height);
  for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) density[r * width + c] = Math.min(1, counts[r * width + c]! / (rows[r]! * columns[c]!));
  return {
    width,
    height,
    density,
    users: U,
    items: I,
    usersPerPixel: U / height,
    itemsPerPixel: I / width,
    overall: U * I > 0 ? total / (U * I) : 0,
    corner: cornerUsers * cornerItems > 0 ? Math.min(1, inCorner / (cornerUsers * cornerItems)) : 0,
  };
}

/** Pixel of each entity: its rank scaled down to `pixels`. */
function places(order: Int32Array, size: number, pixels: number): Int32Array {
  const out = new Int32Array(size);
  order.forEach((e, rank) => (out[e] = Math.floor((rank * pixels) / order.length)));
  return out;
}

function ranks(order: Int32Array, size: number): Int32Array {
  const out = new Int32Array(size).fill(-1);
  order.forEach((e, rank) => (out[e] = rank));
  return out;
}

/** How many of n entities fall on each pixel. */
function sizes(n: number, pixels: number): Int32Array {
  const out = new Int32Array(pixels);
  for (let k = 0; k < n; k++) out[Math.floor((k * pixels) / n)]!++;
  return out;
}
