import { describe, expect, it } from 'vitest';
import { DEFAULT_SPLIT } from '../core/split';
import { parseCommand, type Options } from './options';

const options = (...argv: string[]): Options => {
  const command = parseCommand(argv);
  if (command.kind !== 'run') throw new Error(`expected a run, got ${command.kind}`);
  return command.options;
};
const refused = (...argv: string[]) => expect(() => parseCommand(argv));

describe('the command line', () => {
  it('by default: duplicates removed and nothing else, last split with validation, seed 42', () => {
    const o = options('--data', 'a.zip', '--model', 'popularity');
    expect(o.source).toEqual({ kind: 'recipe', files: ['a.zip'] });
    expect(o.rules).toEqual([{ kind: 'duplicates', keep: 'first' }]);
    expect(o.split).toEqual(DEFAULT_SPLIT);
    expect([o.seed, o.epochs, o.json, o.textColumn]).toEqual([42, null, null, null]);
  });
  it('--threads takes 1 to 8, and is every core where it is left out', () => {
    expect(options('--data', 'a', '--model', 'm').threads).toBeNull();
    expect(options('--data', 'a', '--model', 'm', '--threads', '2').threads).toBe(2);
    for (const word of ['0', '9', '1.5', 'all']) refused('--data', 'a', '--model', 'm', '--threads', word).toThrow(`--threads takes a whole number from 1 to 8; received "${word}"`);
  });
  it('--kernels takes on or off', () => {
    expect(options('--data', 'a', '--model', 'm').kernels).toBe('on');
    expect(options('--data', 'a', '--model', 'm', '--kernels', 'off').kernels).toBe('off');
    refused('--data', 'a', '--model', 'm', '--kernels', 'no').toThrow(/--kernels takes on, off; received "no"/);
  });
  it('--encoder goes with a text column and takes one of four', () => {
    expect(options('--data', 'a', '--model', 'm', '--text-column', 'lyrics').encoder).toBe('minilm');
    expect(options('--data', 'a', '--model', 'm', '--text-column', 'lyrics', '--encoder', 'lda').encoder).toBe('lda');
    refused('--data', 'a', '--model', 'm', '--encoder', 'lda').toThrow(/--encoder needs --text-column/);
    refused('--data', 'a', '--model', 'm', '--text-column', 'x', '--encoder', 'bert').toThrow(/--encoder takes minilm, tfidf, word2vec, lda; received "bert"/);
  });
  it('takes several files, and knows the demo by name', () => {
    expect(options('--data', 'a', '--data', 'b', '--model', 'm').source).toEqual({ kind: 'recipe', files: ['a', 'b'] });
    expect(options('--data', 'demo', '--model', 'm').source).toEqual({ kind: 'demo' });
  });
  it('reads columns by name or number, also names with a comma', () => {
    const { source } = options('--interactions', 'x.csv', '--columns', 'user=Name, first,item=2,time=when', '--header', 'no', '--delimiter', '::', '--model', 'm');
    expect(source).toEqual({ kind: 'mapped', mapping: { interactions: 'x.csv', columns: { user: 'Name, first', item: '2', time: 'when' }, header: 'no', delimiter: '::', matrix: false } });
  });
  it('cleans in the order duplicates, value, core', () => {
    expect(options('--data', 'a', '--model', 'm', '--core', '5', '--min-value', '2.5', '--duplicates', 'sum').rules).toEqual([{ kind: 'duplicates', keep: 'sum' }, { kind: 'minValue', min: 2.5 }, { kind: 'core', k: 5 }]);
  });
  it('split, cold share, parameters with = in the value', () => {
    const o = options('--data', 'a', '--model', 'm', '--split', 'hash', '--validation', 'no', '--cold-share', '0.5', '--set', 'a=1', '--set', 'b=x=y', '--seed', '7', '--epochs', '3');
    expect(o.split).toMatchObject({ protocol: 'hash', validation: false, cold: { kind: 'share', share: 0.5 } });
    expect(o.params).toEqual({ a: '1', b: 'x=y' });
    expect([o.seed, o.epochs]).toEqual([7, 3]);
  });
  it('members and tuning of a blend are its parameters; several seeds are a list', () => {
    const o = options('--data', 'a', '--model', 'hybrid', '--members', 'item-knn:0.5,als:0.5', '--tune', '--seeds', '1,2,3');
    expect(o.params).toEqual({ members: 'item-knn:0.5,als:0.5', tune: 'true' });
    expect([o.seed, o.seeds]).toEqual([1, [1, 2, 3]]);
    expect(options('--data', 'a', '--model', 'm').seeds).toBeNull();
  });
  it('--help and --list-models need nothing else', () => {
    expect(parseCommand(['--help'])).toEqual({ kind: 'help', model: null });
    expect(parseCommand(['--model', 'ease', '-h'])).toEqual({ kind: 'help', model: 'ease' });
    expect(parseCommand(['--list-models'])).toEqual({ kind: 'list-models' });
  });
});

describe('bad usage names the option and what it takes', () => {
  it.each([
    [['--data', 'a'], '--model ID'],
    [['--model', 'm'], '--data FILE'],
    [['--model', 'm', '--data', 'a', '--interactions', 'b', '--columns', 'user=0,item=1'], 'only one of --data and --interactions'],
    [['--model', 'm', '--interactions', 'b'], 'needs --columns'],
    [['--model', 'm', '--data', 'a', '--columns', 'user=0'], '--columns belongs to --interactions'],
    [['--model', 'm', '--data', 'a', '--split', 'first'], '--split takes last, hash, random, temporal, listed; received "first"'],
    [['--model', 'm', '--data', 'a', '--core', '2.5'], '--core takes a whole number from 1 to 4294967295; received "2.5"'],
    [['--model', 'm', '--data', 'a', '--min-value', 'x'], '--min-value takes a number'],
    [['--model', 'm', '--data', 'a', '--cold-share', '80'], '--cold-share takes a share from 0 to 1'],
    [['--model', 'm', '--data', 'a', '--validation', 'maybe'], '--validation takes yes, no'],
    [['--model', 'm', '--data', 'a', '--set', 'x'], '--set takes name=value; received "x"'],
    [['--model', 'm', '--data', 'a', '--seeds', '1,x'], '--seeds takes a whole number from 0 to 4294967295; received "x"'],
    [['--model', 'm', '--data', 'a', '--seeds', '1,1'], '--seeds takes different whole numbers'],
    [['--model', 'm', '--data', 'a', '--seeds', '1,2', '--seed', '3'], 'Use only one of --seed and --seeds'],
    [['--model', 'm', '--data', 'a', '--seeds', '1,,2'], '--seeds takes a whole number from 0 to 4294967295; received ""'],
    [['--model', 'm', '--data', 'a', '--seed', '-1'], '--seed takes a whole number from 0 to 4294967295; received "-1"'],
    [['--model', 'm', '--data', 'a', '--epochs', '10abc'], '--epochs takes a whole number from 1 to 4294967295; received "10abc"'],
    [['--model', 'm', '--data', 'a', '--min-value', '1e999'], '--min-value takes a number'],
    [['--model', 'm', '--data', 'demo', '--data', 'a'], 'The demo stands alone'],
    [['--model', 'm', '--interactions', 'b', '--columns', 'user=0,item=1', '--delimiter', 'XX'], '--delimiter takes , ; | :: tab or space; received "XX"'],
    [['--model', 'm', '--data', 'a', '--delimiter', ';'], '--delimiter belongs to --interactions'],
    [['--model', 'm', '--interactions', 'b', '--columns', 'user=0,item=1', '--item-columns', 'id=0'], '--item-columns needs --items FILE'],
    [['--model', 'm', '--interactions', 'b', '--columns', 'user=0,user=1'], '--columns gives user twice: "0" and "1"'],
    [['--model', 'm', '--data', 'a', '--set', 'k=1', '--set', 'k=2'], '--set gives k twice: "1" and "2"'],
    [['--model', 'm', '--data', 'a', '--tune', '--set', 'tune=false'], '--set gives tune twice'],
    [['--model', 'm', '--data', 'a', '--cold-share', '0.5', '--cold-at-most', '3'], 'Use only one of --cold-share and --cold-at-most'],
    [['--model', 'm', '--data', 'a', '--split', 'hash', '--test', 'b'], 'Use only one of --split and --test'],
    [['--model', 'm', '--data', 'a', '--split-seed', '3'], '--split-seed belongs to --split random'],
    [['--model', 'm', '--data', 'a', '--test-share', '0.2'], '--test-share belongs to --split temporal'],
    [['--model', 'm', '--data', 'a', '--patience', '2', '--validation', 'no'], '--patience ends training by validation'],
    [['--model', 'm', '--data', 'a', '--search', 'grid', '--validation', 'no'], '--search chooses settings by validation'],
    [['--model', 'm', '--data', 'a', '--search', 'grid', '--range', 'k=1..2', '--range', 'k=3..4'], '--range gives k twice'],
  ])('%j', (argv, message) => refused(...argv).toThrow(message));
});
