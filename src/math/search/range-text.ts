/** Ranges as text, for the address and the command line: '10..1000', '10..1000:5' with a grid's number of values, 'none,bm25'. */
import { isRange, type Dimension, type WantedDimension } from './space';

/** Only takes the text apart; `checkedDimension` says whether it is allowed. */
export function parseRange(name: string, text: string): WantedDimension {
  const range = /^(.*?)\.\.(.*?)(?::(.*))?$/.exec(text.trim());
  if (!range) return { name, values: text.split(',').map((v) => v.trim()).filter(Boolean), min: text, max: text };
  return { name, min: range[1]!.trim(), max: range[2]!.trim(), ...(range[3] === undefined ? {} : { steps: range[3].trim() }) };
}

export const formatRange = (d: Dimension): string => (isRange(d) ? `${d.min}..${d.max}${d.steps === 4 ? '' : `:${d.steps}`}` : d.values.join(','));
