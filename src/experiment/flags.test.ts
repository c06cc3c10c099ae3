import { describe, expect, it } from 'vitest';
import { readFlags } from './flags';

describe('the words of the command line', () => {
  it('values, switches and lists, also written with an equals sign', () => {
    expect(readFlags(['--data', 'a', '--data=b', '--set', 'x=1', '--tune', '--json', '-', '--model', 'm'])).toEqual({ data: ['a', 'b'], set: ['x=1'], tune: true, json: '-', model: 'm' });
  });
  it.each([
    [['--modle', 'als'], 'There is no option --modle. Did you mean --model?'],
    [['--text_column', 'lyrics'], 'Did you mean --text-column?'],
    [['--textColumn=lyrics'], 'Did you mean --text-column?'],
    [['--model', 'item-knn', '--k', '20'], 'There is no option --k. k is a setting of the model: --set k=20.'],
    [['--lambda=3'], 'lambda is a setting of the model: --set lambda=3.'],
    [['--iterations', '3', '--model', 'als'], '--set iterations=3'],
    [['--sampled', '100'], 'There is no option --sampled. Ranking is over all items'],
    [['--model', 'als', '--facters', '3'], '--set factors=3'],
    [['-m', 'als'], 'There is no option -m.'],
    [['ml-100k.zip'], '"ml-100k.zip" follows no option that takes it. Data are named with --data FILE'],
    [['--model', 'als', '--model', 'ease'], '--model is given twice: "als" and "ease"'],
    [['--model'], '--model needs a value, and nothing follows it'],
    [['--model', '--json', 'x'], '--model needs a value; the option --json follows it'],
    [['--json', ''], '--json needs a value; received an empty one'],
    [['--tune=yes'], '--tune takes no value; received "yes"'],
  ])('%j is refused with what to type instead', (argv, message) => expect(() => readFlags(argv)).toThrow(message));
});
