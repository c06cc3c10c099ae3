import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { messagesOf } from '../scripts/words/messages.mjs';
import { gather } from '../scripts/words.mjs';
import { faultsOf, isSpoken, translate, withGaps } from '../scripts/words/translate.mjs';

const said = (source: string): string[] => messagesOf(source, 'a.tsx').map((m) => m.message);

describe('what is gathered', () => {
  test('text between tags as it is shown, attributes that speak, strings and templates that read as words', () => {
    expect(said('<p title="Rows kept">\n  Two of them\n  are <b>gone</b> now\n</p>')).toEqual(['Rows kept', 'Two of them are ', 'gone', ' now']);
    expect(said('const a = ok ? `${n} rows of ${all}` : "Nothing is left";')).toEqual(['{0} rows of {1}', 'Nothing is left']);
    expect(said('const card = { label: "fast", text: plural(n, "row") };')).toEqual(['fast', 'row']);
  });

  test('what a machine reads is left alone: imports, comparisons, names of properties, classes, styles, selectors', () => {
    expect(said('import a from "Some Where"; if (a === "Left Arrow") go({ "Big Key": 1 });')).toEqual([]);
    expect(said('<i className="Big Red" style={{ font: "Inter Variable" }} data-kind="Some Thing" />')).toEqual([]);
    expect(said('const s = ["0 6px 24px #00000024", "color-mix(in srgb, var(--ink) 8%, transparent)", "use-this"];')).toEqual([]);
  });

  test('words inside what a template fills in are messages of their own', () => {
    expect(said('const s = `Kept ${n > 0 ? `all of ${n}` : "none at all"} here`;')).toEqual(['Kept {0} here', 'all of {0}', 'none at all']);
  });
});

describe('a translation', () => {
  const say = (words: Record<string, string>) => (message: string) => words[message];

  test('takes the place of the English, in its own order and with what is filled in', () => {
    expect(translate('const s = `Kept ${n > 0 ? `all of ${n}` : "none at all"} here`;', 'a.ts', say({ 'Kept {0} here': 'Hier {0} behalten', 'none at all': 'gar `nichts`' }))).toBe(
      'const s = `Hier ${n > 0 ? `all of ${n}` : "gar `nichts`"} behalten`;',
    );
    expect(translate('<p title="Rows kept">Two of <b>them</b></p>', 'a.tsx', say({ 'Rows kept': 'Zeilen "hier"', 'Two of ': 'Zwei ${a}' }))).toBe('<p title={"Zeilen \\"hier\\""}>{"Zwei ${a}"}<b>them</b></p>');
  });

  test('is refused where it speaks of a message that is gone, or fills in something else', () => {
    const english = { 'a.ts': ['Kept {0} of {1}', 'Done now'] };
    expect(faultsOf(english, { 'a.ts': { 'Kept {0} of {1}': '{1}: {0} behalten', 'Done now': '' } })).toEqual([]);
    expect(faultsOf(english, { 'a.ts': { 'Kept {0} of {1}': '{0} behalten' } })).toEqual([expect.stringContaining('must fill in {0} {1}')]);
    expect(faultsOf(english, { 'a.ts': { 'Old words': 'Alt' } })).toEqual([expect.stringContaining('not said there any more')]);
    expect(withGaps(english, { 'a.ts': { 'Done now': 'Fertig', 'Old words': 'Alt' } })).toEqual({ 'a.ts': { 'Kept {0} of {1}': '', 'Done now': 'Fertig' } });
  });
});

describe('the words of this page', () => {
  const files = Object.keys(gather());

  test('every screen has some, and tests, the demo’s songs and shaders have none', () => {
    for (const screen of ['data', 'explore', 'text', 'train', 'compare', 'recommend', 'shell']) expect(files.some((f) => f.startsWith(`src/features/${screen}/`))).toBe(true);
    expect(files.filter((f) => !isSpoken(f) || f.includes('.test.') || f.startsWith('src/data/demo/'))).toEqual([]);
  });

  test('words/en.json is what the sources say; if not, run npm run words', () => {
    expect(JSON.parse(readFileSync('words/en.json', 'utf8'))).toEqual(gather());
  });

  test('every file can be said in another language: it still parses, and no message is left English', () => {
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      const before = messagesOf(source, file).length;
      const other = translate(source, file, (m) => `${m} Also this.`);
      expect(other.split(' Also this.').length - 1, file).toBe(before);
      expect(messagesOf(other, file).filter((m) => !m.message.endsWith(' Also this.')), file).toEqual([]);
    }
  });
});
