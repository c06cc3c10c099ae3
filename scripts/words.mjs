// Gathers the English of the whole page in words/en.json, for translation. See words/README.md.
//   npm run words                    writes words/en.json
//   npm run words -- --check         ends with 1 when words/en.json is out of date
//   npm run words -- words/de.json   starts or brings up to date a translation, and says what is wrong in it
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messagesOf } from './words/messages.mjs';
import { faultsOf, isSpoken, withGaps } from './words/translate.mjs';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'words', 'en.json');

/** @returns {import('./words/translate.mjs').English} */
export function gather() {
  const files = ['src', 'workers'].flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((f) => `${folder}/${f.split(path.sep).join('/')}`));
  const all = files.filter(isSpoken).sort().map((file) => [file, [...new Set(messagesOf(readFileSync(path.join(root, file), 'utf8'), file).map((m) => m.message))]]);
  return Object.fromEntries(all.filter(([, messages]) => messages.length > 0));
}

const asText = (words) => `${JSON.stringify(words, null, 1)}\n`;

if (process.argv[1] === import.meta.filename) {
  const english = gather();
  const count = Object.values(english).flat().length;
  const [given] = process.argv.slice(2);
  if (given === '--check') {
    const same = readFileSync(target, 'utf8') === asText(english);
    process.stdout.write(same ? 'words/en.json is up to date\n' : 'words/en.json is out of date: npm run words\n');
    process.exit(same ? 0 : 1);
  } else if (given) {
    const before = existsSync(given) ? JSON.parse(readFileSync(given, 'utf8')) : {};
    const after = withGaps(english, before);
    const faults = faultsOf(english, before);
    const said = Object.values(after).flatMap((m) => Object.values(m)).filter((m) => m !== '').length;
    // A message that is gone takes its translation with it only when nothing else is wrong.
    if (faults.length === 0 || !existsSync(given)) writeFileSync(given, asText(after));
    process.stdout.write(`${[...faults, `${said} of ${count} messages are translated; the others stay English`].join('\n')}\n`);
    process.exit(faults.length > 0 ? 1 : 0);
  } else {
    writeFileSync(target, asText(english));
    process.stdout.write(`words/en.json: ${count} messages of ${Object.keys(english).length} files\n`);
  }
}
