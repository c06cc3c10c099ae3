/** How a column writes its numbers: 1234.5, 1.234,5 or 1,234.5. Decided once per column, by cells that leave no other way. */

/** 'mixed' reads each cell by itself and refuses what may be two numbers. */
export type NumberStyle = 'mixed' | 'comma' | 'thousands';

const DECIMAL_COMMA = /^[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+)$/;
const DECIMAL_POINT = /^[+-]?\d*\.(?:\d{1,2}|\d{4,})$/;
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$|^[+-]?\d{1,3}(?:,\d{3}){2,}$/;
const COMMA_NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?(?:e[+-]?\d+)?$/i;
const THOUSANDS_NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:e[+-]?\d+)?$/i;

export function numberStyleOf(sample: readonly string[]): NumberStyle {
  let comma = false;
  let point = false;
  let thousands = false;
  let grouped = false;
  let small = false;
  let large = false;
  for (const cell of sample) {
    const text = cell.trim();
    if (/^[+-]?\d+$/.test(text)) {
      if (text.length > 3) large = true;
      else small = true;
    }
    if (!text.includes(',') && !text.includes('.')) continue;
    if (isAmbiguousNumber(text)) grouped = true;
    if (THOUSANDS.test(text)) thousands = true;
    else if (DECIMAL_COMMA.test(text)) comma = true;
    else if (DECIMAL_POINT.test(text)) point = true;
  }
  // A comma in every number above 999 and in none below is a thousand: three decimals would be written for 7 as well.
  if ((thousands || (grouped && small && !large && !point)) && !comma) return 'thousands';
  return comma && !point && !thousands ? 'comma' : 'mixed';
}

/** NaN where the cell is no number of that style. */
export function styledNumber(text: string, style: 'comma' | 'thousands'): number {
  if (style === 'comma') return COMMA_NUMBER.test(text) ? Number(text.replaceAll('.', '').replace(',', '.')) : Number.NaN;
  return /\d/.test(text) && THOUSANDS_NUMBER.test(text) ? Number(text.replaceAll(',', '')) : Number.NaN;
}

/** '1,234': a thousand or one and a bit. */
export const isAmbiguousNumber = (cell: string): boolean => /^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell.trim());
