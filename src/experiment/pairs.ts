import { Problem } from '../core/problem';

/** name=value words; the value may hold further =. @throws Problem for a word without a name, or a name given twice */
export function pairsOf(option: string, words: readonly string[], form = 'name=value'): Record<string, string> {
  const out: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    const name = word.slice(0, at).trim();
    if (at < 1 || name === '') throw new Problem(`${option} takes ${form}; received "${word}".`, {}, 'See --help for all options.');
    if (name in out) throw new Problem(`${option} gives ${name} twice: "${out[name]}" and "${word.slice(at + 1)}".`, {}, 'Give it once.');
    out[name] = word.slice(at + 1);
  }
  return out;
}
