/** Whether quotes in a text are CSV quoting or just characters (as in `"Weird Al" Yankovic` in a raw tab-separated file). */

/**
 * Looks at cells that start with a quote, up to 200 of them: in real quoting the closing quote stands before a delimiter or line end.
 * null when no cell starts with a quote.
 */
export function quotesLookReal(text: string, delimiter: string): boolean | null {
  let real = 0;
  let stray = 0;
  for (let at = text.indexOf('"'); at >= 0 && real + stray < 200; at = text.indexOf('"', at)) {
    const before = text[at - 1];
    const opens = at === 0 || before === '\n' || before === '\r' || text.startsWith(delimiter, at - delimiter.length);
    at++;
    if (!opens) continue;
    let close = text.indexOf('"', at);
    while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
    if (close < 0) {
      stray++;
      break;
    }
    const after = text[close + 1];
    if (after === undefined || after === '\n' || after === '\r' || text.startsWith(delimiter, close + 1)) {
      real++;
      at = close + 1;
    } else stray++;
  }
  return real + stray === 0 ? null : real > stray;
}
