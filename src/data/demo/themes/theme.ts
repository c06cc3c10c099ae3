/** What a theme can say. Templates hold {slots}, filled from the theme's own words first, then from the shared ones. */
export interface Theme {
  id: string;
  /** Genre tags its songs tend to carry. */
  tags: readonly string[];
  words: Readonly<Record<string, readonly string[]>>;
  /** Song titles that give the theme away. */
  titles: readonly string[];
  /** First halves of a couplet. */
  opens: readonly string[];
  /** Second halves of a couplet; any of them follows any first half. */
  closes: readonly string[];
  /** What happens, for the summary: reads after "in which". */
  tales: readonly string[];
  /** A second theme in passing, for the summary: reads after "with". */
  hints: readonly string[];
}
