import { describe as suite, expect, it } from 'vitest';
import { rankedRun } from '../../../analysis/ranked-run';
import { defineModel, type AnyModelCard } from '../../../core/model';
import { defaultsOf, type ParamSpecs } from '../../../core/params';
import type { RunRecord } from '../../../core/run';
import { DEFAULT_SPLIT } from '../../../core/split';
import { catalogue } from '../../../models/catalogue';
import { prepare, type World } from './plan-of';
import { contender, defaultSetup, describe, parseSeeds, type Setup } from './setup';
import { setupFromQuery, setupToQuery } from './setup-address';

const card = (id: string): AnyModelCard => catalogue.find((c) => c.id === id)!;
const net: AnyModelCard = defineModel({
  id: 'net', name: 'Net', paper: null, chooseWhen: '', task: 'rank', iterative: true, tensors: true, needs: { text: 'optional' },
  params: { epochs: { kind: 'int', label: 'Epochs', help: '', min: 1, max: 50, default: 5 }, rate: { kind: 'number', label: 'Rate', help: '', min: 0, max: 1, default: 0.1 } },
  main: ['epochs'],
  presets: [{ id: 'long', label: 'Long', note: '', params: { epochs: 40 } }, { id: 'published', label: 'As published', note: '', params: {}, evaluation: { selection: 'test', maskValidation: false } }],
  load: () => Promise.reject(new Error('not here')),
});
const cards = [card('popularity'), card('ease'), net];
const setup = (contenders: Setup['contenders'], seeds = '1, 2'): Setup => ({ contenders, seeds, reuse: true });
const world = (patch: Partial<World> = {}): World => ({ catalogue: cards, data: { hash: 'data-a', hasTime: true }, vectors: [], split: DEFAULT_SPLIT, runs: [], build: 'test', ...patch });
const easeRun = (patch: Partial<RunRecord> = {}): RunRecord => rankedRun([1, 2], { id: 'earlier', model: { id: 'ease', params: defaultsOf(card('ease').params as ParamSpecs) }, seed: 1, ...patch });

suite('seeds as typed', () => {
  it('commas, spaces, semicolons', () => expect(parseSeeds(' 3, 5;7  9 ').seeds).toEqual([3, 5, 7, 9]));
  it.each([['', 'There is no seed'], ['1, x', '"x" is not a seed'], ['-1', '"-1" is not a seed'], ['1.5', '"1.5" is not a seed'], ['4294967296', 'not a seed'], ['2, 2', 'twice'], [Array.from({ length: 21 }, (_, k) => k).join(), '21 seeds are too many']])('%j is refused with what is allowed', (text, says) => {
    const { problem } = parseSeeds(text);
    expect(problem).toContain(says);
    expect(problem).toContain('1 to 20 different whole numbers');
  });
});

suite('a contender in words', () => {
  it('the name alone for defaults; the preset it equals; else what differs', () => {
    expect(describe(net, { epochs: 5, rate: 0.1 }, null)).toBe('Net');
    expect(describe(net, { epochs: 40, rate: 0.1 }, 'lyrics')).toBe('Net, long, text: lyrics');
    expect(describe(net, { epochs: 40, rate: 0.5 }, null)).toBe('Net, long, rate 0.5');
  });
});

suite('the address', () => {
  it('six quick models by default, and then nothing is written', () => {
    expect(defaultSetup(catalogue).contenders.map((c) => c.model)).toEqual(['popularity', 'item-knn', 'user-knn', 'ease', 'pure-svd', 'als']);
    expect(setupToQuery(catalogue, defaultSetup(catalogue))).toEqual({ models: null, seeds: null });
  });
  it('models with presets, settings and text, and seeds, come back as they went', () => {
    const one = { ...contender(net, 'long'), text: 'lyrics, whole · m' };
    one.params = { ...one.params, rate: 0.25 };
    const query = setupToQuery(cards, setup([one, contender(net), contender(card('ease'))], '4, 8'));
    const back = setupFromQuery(cards, new URLSearchParams(Object.entries(query).flatMap(([k, v]) => (v === null ? [] : [[k, v]]))));
    expect(back.problems).toEqual([]);
    expect(back.setup.seeds).toBe('4, 8');
    expect(back.setup.contenders.map(({ model, preset, params, text }) => ({ model, preset, params, text }))).toEqual([
      { model: 'net', preset: 'long', params: { epochs: 40, rate: 0.25 }, text: 'lyrics, whole · m' },
      { model: 'net', preset: null, params: { epochs: 5, rate: 0.1 }, text: undefined },
      { model: 'ease', preset: null, params: contender(card('ease')).params, text: undefined },
    ]);
  });
  it.each([
    ['models=net,epochs=0', 'epochs must be a whole number from 1 to 50; received "0"'],
    ['models=net,rate=NaN', 'rate must be a number from 0 to 1'],
    ['models=ease,lambda=-1', 'lambda must be a number from'],
    ['models=unknown', 'There is no model "unknown"'],
    ['models=net@fast', 'no preset "fast"'],
    ['models=net,depth=3', 'no parameter "depth"'],
    ['seeds=1,one', '"one" is not a seed'],
  ])('%s is refused in words', (query, says) => expect(setupFromQuery(cards, new URLSearchParams(query)).problems.join(' ')).toContain(says));
});

suite('what Run would do', () => {
  it('every model with every seed, one run where there is no chance, and popularity as the bar', () => {
    const p = prepare(setup([contender(net), contender(card('ease'))]), world());
    expect(p.runs.map((r) => [r.model, r.seed])).toEqual([['net', 1], ['net', 2], ['ease', 1], ['popularity', 1]]);
    expect(p).toMatchObject({ toTrain: 4, obstacle: null, known: { runs: 0 } });
  });
  it('a finished run of the same data, split, settings and seed is taken; the wish not to is heard', () => {
    const s = setup([contender(card('ease'))]);
    const runs = [easeRun({ measured: { patience: 5, maskValidation: true } })];
    expect(Object.values(prepare(s, world({ runs })).finished)).toEqual(['earlier']);
    const again = prepare({ ...s, reuse: false }, world({ runs }));
    expect(again.finished).toEqual({});
    expect(again.known).toEqual({ seconds: 9, runs: 1 });
  });
  it.each<[string, Partial<RunRecord>]>([
    ['other data', { data: { ...easeRun().data, hash: 'other' } }],
    ['another split', { split: { ...easeRun().split, spec: { ...DEFAULT_SPLIT, cold: { kind: 'share', share: 0.5 } } } }],
    ['another setting', { model: { id: 'ease', params: { ...easeRun().model.params, lambda: 1 } } }],
    ['another seed', { seed: 9 }],
    ['another build', { build: 'older' }],
    ['stopped half-way', { status: 'stopped' }],
    ['validation items among the candidates', { measured: { patience: 5, maskValidation: false } }],
  ])('not one of %s', (_, patch) => {
    expect(prepare(setup([contender(card('ease'))]), world({ runs: [easeRun(patch)] })).finished).toEqual({});
  });
  it('a preset as published keeps its own way of choosing and measuring', () => {
    expect(prepare(setup([contender(net, 'published')]), world()).runs[0]).toMatchObject({ selection: 'test', maskValidation: false });
  });
  it.each<[string, Setup, Partial<World>, string]>([
    ['no data', setup([contender(net)]), { data: null }, 'Load data first'],
    ['no models', setup([]), {}, 'Add a model'],
    ['no seeds', setup([contender(net)], ''), {}, 'There is no seed'],
    ['a setting out of its range', setup([{ ...contender(net), params: { epochs: 99, rate: 0.1 } }]), {}, 'from 1 to 50'],
    ['the same twice', setup([contender(net), contender(net)]), {}, 'twice with the same settings'],
    ['vectors that are gone', setup([{ ...contender(net), text: 'lyrics' }]), {}, 'no vectors for "lyrics"'],
  ])('%s: it says why it cannot start', (_, s, patch, says) => expect(prepare(s, world(patch)).obstacle).toContain(says));
});
