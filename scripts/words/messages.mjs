// Finds the words a person may read in one TypeScript or TSX source: text between tags, attributes, strings and templates.
import { parseAst } from 'rolldown/parseAst';

/**
 * @typedef {object} Message
 * @property {number} start of the literal in the source
 * @property {number} end
 * @property {'text' | 'attribute' | 'string' | 'template'} kind
 * @property {string} message the words; `{0}`, `{1}` stand for what a template fills in
 * @property {[number, number][]} filled source ranges of what is filled in
 */

/** Attributes and properties whose strings are for the machine, however much they look like words. */
const SILENT = new Set(['className', 'class', 'style', 'href', 'src', 'd', 'viewBox', 'points', 'transform', 'type', 'role', 'id', 'key', 'kind', 'variant', 'size', 'color', 'fill', 'stroke', 'component', 'htmlFor', 'rel', 'target', 'accept', 'autoComplete', 'inputMode', 'font', 'paper', 'value', 'mode']);
/** Properties whose strings are always words, even a single lower-case one. */
const SPOKEN = new Set(['label', 'title', 'help', 'note', 'text', 'description', 'placeholder', 'caption', 'aria-label', 'alt', 'what', 'remedy', 'chooseWhen', 'effect', 'hint', 'question', 'empty', 'unit', 'action', 'summary']);

const hasLetters = (text) => /\p{L}{2}/u.test(text);
/** Style sheets, lengths, table schemas and shader code: phrases to a machine only. */
const FOR_MACHINES = /var\(--|sans-serif|@font-face|^\((?:max|min)-|\d(?:px|rem) |^-?\d+(?:px|%) -?\d|[{;]\s*[a-z-]+:[^ ]|\bfn \w+\(|require\('|^id, \w+$|^\{'descr'|\[(?:href|type)=/;
/** A sentence or a phrase outside any tags, or one capitalised word. */
const looksSpoken = (given) => !FOR_MACHINES.test(given) && phrase(given.replace(/<[^>]*>/g, ' ').trim());
const phrase = (text) => hasLetters(text) && (/\p{L}[\p{L}’'-]*[,.:;?!)”]?\s+[\p{L}(“\d{]/u.test(text) || /^\p{Lu}\p{Ll}+[.?!:…]?$/u.test(text) || /^\p{Ll}+…$/u.test(text));

/** JSX drops line breaks and the spaces around them. */
function jsxText(raw) {
  const lines = raw.split(/\r?\n/);
  return lines
    .map((line, i) => {
      const headless = i > 0 ? line.trimStart() : line;
      return i < lines.length - 1 ? headless.trimEnd() : headless;
    })
    .filter((line) => line !== '')
    .join(' ');
}

const nameOf = (node) => (node?.type === 'JSXNamespacedName' ? `${node.namespace.name}:${node.name.name}` : String(node?.name ?? node?.value ?? ''));

/** The message of a template: its fixed parts, with a number for every part filled in. */
const templateMessage = (node) => node.quasis.map((q, i) => (q.value.cooked ?? q.value.raw) + (i < node.expressions.length ? `{${i}}` : '')).join('');

function machineOnly(node, parent, key) {
  switch (parent?.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'TSLiteralType':
    case 'TaggedTemplateExpression':
      return true;
    case 'BinaryExpression':
      return parent.operator !== '+';
    case 'SwitchCase':
      return key === 'test';
    case 'Property':
      return key === 'key';
    case 'MemberExpression':
      return true;
    case 'ExpressionStatement':
      return node.type === 'Literal';
    default:
      return false;
  }
}

/**
 * Every message of `source`, in order; those inside a template's filled parts come after the template.
 * @param {string} source
 * @param {string} file its name tells TypeScript from TSX
 * @returns {Message[]}
 */
export function messagesOf(source, file) {
  const found = [];
  const add = (node, kind, message, filled = []) => found.push({ start: node.start, end: node.end, kind, message, filled });
  /** `said`: true under a spoken property, false under a silent one, null elsewhere. */
  function visit(node, parent, key, said) {
    if (Array.isArray(node)) return node.forEach((child) => visit(child, parent, key, said));
    if (!node || typeof node.type !== 'string') return undefined;
    if (node.type.startsWith('TS') && !['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'].includes(node.type)) return undefined;
    if (node.type === 'JSXText') {
      const message = jsxText(node.value);
      if (hasLetters(message)) add(node, 'text', message);
      return undefined;
    }
    if (node.type === 'Literal' && typeof node.value === 'string') {
      if (said === false || machineOnly(node, parent, key)) return undefined;
      if (parent.type === 'JSXAttribute' ? hasLetters(node.value) && (said === true || looksSpoken(node.value)) : said === true ? hasLetters(node.value) : looksSpoken(node.value)) {
        add(node, parent.type === 'JSXAttribute' ? 'attribute' : 'string', node.value);
      }
      return undefined;
    }
    if (node.type === 'TemplateLiteral' && said !== false && !machineOnly(node, parent, key)) {
      const message = templateMessage(node);
      const fixed = message.replace(/\{\d+\}/g, ' ');
      if (said === true ? hasLetters(fixed) : looksSpoken(message) && hasLetters(fixed)) add(node, 'template', message, node.expressions.map((e) => [e.start, e.end]));
    }
    if (node.type === 'CallExpression' && node.callee.name === 'plural') return node.arguments.forEach((argument) => visit(argument, node, 'arguments', argument.type === 'Literal' ? true : null));
    const named = node.type === 'JSXAttribute' ? nameOf(node.name) : node.type === 'Property' ? nameOf(node.key) : null;
    const under = named === null ? said : SILENT.has(named) || named.startsWith('data-') ? false : SPOKEN.has(named) ? true : null;
    // A call or a function below a spoken property is code again: only what it says in so many words is taken.
    const inner = node.type === 'CallExpression' || node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' ? null : under;
    for (const k of Object.keys(node)) if (k !== 'type' && k !== 'start' && k !== 'end') visit(node[k], node, k, k === 'key' || k === 'name' || k === 'test' ? (k === 'key' ? false : null) : inner);
    return undefined;
  }
  visit(parseAst(source, { lang: file.endsWith('x') ? 'tsx' : 'ts' }), null, '', null);
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
