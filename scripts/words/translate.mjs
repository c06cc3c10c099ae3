// Puts translated words in the place of a source's own, when the page is built; the English build does not pass through here.
import path from 'node:path';
import { messagesOf } from './messages.mjs';

/** @typedef {Record<string, string[]>} English every message, by file */
/** @typedef {Record<string, Record<string, string>>} Translation by file, then by English message; '' is still to be said */

const placeholders = (text) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(' ');

/**
 * What is wrong with a translation, one line each; none when all is well.
 * @param {English} english
 * @param {Translation} translation
 */
export function faultsOf(english, translation) {
  const faults = [];
  for (const [file, messages] of Object.entries(translation)) {
    for (const [message, said] of Object.entries(messages)) {
      if (!english[file]?.includes(message)) faults.push(`${file}: ${JSON.stringify(message)} is not said there any more`);
      else if (said !== '' && placeholders(message) !== placeholders(said)) faults.push(`${file}: ${JSON.stringify(said)} must fill in ${placeholders(message) || 'nothing'}, as the English does`);
    }
  }
  return faults;
}

/**
 * The translation with a place for every message of today's English, and without the messages that are gone.
 * @param {English} english
 * @param {Translation} translation
 */
export const withGaps = (english, translation) =>
  Object.fromEntries(Object.entries(english).map(([file, messages]) => [file, Object.fromEntries(messages.map((m) => [m, translation[file]?.[m] ?? '']))]));

const inJsx = (text) => `{${JSON.stringify(text)}}`;
/** ` and ${ must not end or open anything in a template. */
const inTemplate = (text) => text.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');

/**
 * @param {string} source
 * @param {string} file
 * @param {(message: string) => string | undefined} say undefined leaves the English
 */
export function translate(source, file, say) {
  const messages = messagesOf(source, file);
  /** The source between two places with every message inside it said anew. */
  const between = (start, end) => {
    let out = '';
    let at = start;
    for (const m of messages) {
      if (m.start < at || m.end > end) continue;
      const said = say(m.message);
      if (said === undefined) {
        // The message stays, but what it fills in may hold others.
        if (m.kind !== 'template') continue;
        let from = at;
        for (const [a, b] of m.filled) {
          out += source.slice(from, a) + between(a, b);
          from = b;
        }
        out += source.slice(from, m.end);
      } else {
        out += source.slice(at, m.start);
        if (m.kind === 'text' || m.kind === 'attribute') out += inJsx(said);
        else if (m.kind === 'string') out += JSON.stringify(said);
        else out += `\`${said.split(/(\{\d+\})/).map((part) => (/^\{\d+\}$/.test(part) ? `\${${between(...m.filled[Number(part.slice(1, -1))])}}` : inTemplate(part))).join('')}\``;
      }
      at = m.end;
    }
    return out + source.slice(at, end);
  };
  return between(0, source.length);
}

/** Every letter marked, so that what is not gathered stands out on the screen. */
export const pseudo = (message) => `⟦${message}⟧`;

/**
 * A Vite plugin that builds the page in another language.
 * @param {string} root
 * @param {Translation | 'pseudo'} words
 */
export function translated(root, words) {
  return {
    name: 'coldwave-words',
    enforce: /** @type {const} */ ('pre'),
    transform(code, id) {
      const file = path.relative(root, id.split('?')[0]).split(path.sep).join('/');
      if (!isSpoken(file)) return null;
      const own = words === 'pseudo' ? null : words[file];
      if (words !== 'pseudo' && !own) return null;
      return { code: translate(code, file, own === null ? pseudo : (m) => own?.[m] || undefined), map: null };
    },
  };
}

/** Files whose words reach the screen. The demo's songs are data, shaders are code, and the reference runs speak to a terminal. */
export const isSpoken = (file) =>
  /^(src|workers)\/.*\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file) && !/^src\/(data\/demo|compute\/webgpu|core\/threads)\/|^src\/models\/conformance|^src\/experiment\/(reference|cli|options|demo-data|search-command|search-options|ratings\/(command|options|table))/.test(file);
