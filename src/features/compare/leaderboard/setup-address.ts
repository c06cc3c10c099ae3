/** The setup in the address: `models=ease;als@fast;item-knn,k=50&seeds=1,2,3`. Every value is checked by its card. Pure. */
import { presetOf } from '../../../app/train-config';
import type { AnyModelCard } from '../../../core/model';
import { parseParams, type ParamSpecs, type ParamValue } from '../../../core/params';
import { contender, defaultSetup, parseSeeds, settingsOf, type Contender, type Setup } from './setup';
import { messageOf } from '../../../core/problem';

const MOST = 30;

function written(card: AnyModelCard, c: Contender): string {
  const base = settingsOf(card, c.preset);
  const changed = Object.keys(card.params as ParamSpecs).filter((n) => String(c.params[n]) !== String(base[n]));
  const text = c.text === undefined ? [] : [`text=${encodeURIComponent(c.text ?? 'none')}`];
  return [`${c.model}${c.preset === null ? '' : `@${c.preset}`}`, ...changed.map((n) => `${n}=${encodeURIComponent(String(c.params[n]))}`), ...text].join(',');
}

/** What differs from the defaults; null removes a field. */
export function setupToQuery(catalogue: readonly AnyModelCard[], setup: Setup): Record<string, string | null> {
  const list = (s: Setup): string => s.contenders.flatMap((c) => {
    const card = catalogue.find((x) => x.id === c.model);
    return card ? [written(card, c)] : [];
  }).join(';');
  const usual = defaultSetup(catalogue);
  const models = list(setup);
  return { models: models === list(usual) ? null : models, seeds: setup.seeds === usual.seeds ? null : setup.seeds.replace(/[\s,;]+/g, ',') };
}

/** The setup an address asks for. Whatever cannot be used is left out and named, with what is allowed. */
export function setupFromQuery(catalogue: readonly AnyModelCard[], query: URLSearchParams): { setup: Setup; problems: string[] } {
  const setup = defaultSetup(catalogue);
  const problems: string[] = [];
  const models = query.get('models');
  if (models !== null) {
    const parts = models.split(';').filter(Boolean);
    if (parts.length > MOST) problems.push(`${parts.length} models are too many for one board: the first ${MOST} are taken.`);
    const read = parts.slice(0, MOST).flatMap((part) => readOne(catalogue, part, problems));
    if (read.length > 0) setup.contenders = read;
  }
  const seeds = query.get('seeds');
  if (seeds !== null) {
    const { problem, seeds: list } = parseSeeds(seeds);
    if (problem === null) setup.seeds = list.join(', ');
    else problems.push(problem);
  }
  return { setup, problems };
}

function readOne(catalogue: readonly AnyModelCard[], part: string, problems: string[]): Contender[] {
  const [head = '', ...fields] = part.split(',');
  const [id = '', preset = null] = head.split('@');
  const card = catalogue.find((c) => c.id === id);
  if (!card) {
    problems.push(`There is no model "${id}" to rank; this build has ${catalogue.map((c) => c.id).join(', ')}.`);
    return [];
  }
  if (preset !== null && !presetOf(card, preset)) problems.push(`${card.name} has no preset "${preset}"; it has ${card.presets.map((p) => p.id).join(', ') || 'none'}.`);
  const c = contender(card, preset);
  for (const field of fields) {
    const cut = field.indexOf('=');
    const name = cut < 0 ? field : field.slice(0, cut);
    try {
      const value = decodeURIComponent(cut < 0 ? '' : field.slice(cut + 1));
      if (name === 'text') {
        c.text = value === 'none' ? null : value;
        continue;
      }
      const specs = card.params as ParamSpecs;
      const own = Object.entries(specs).find(([n, s]) => n === name || s.alias === name);
      if (!own) throw new Error(`${card.name} has no parameter "${name}".`);
      c.params[own[0]] = parseParams({ [own[0]]: own[1] }, { [own[0]]: value })[own[0]] as ParamValue;
    } catch (error) {
      problems.push(`${card.name}: ${messageOf(error)}`);
    }
  }
  return [c];
}
