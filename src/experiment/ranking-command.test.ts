import { describe, expect, it } from 'vitest';
import type { DataSet } from '../core/dataset';
import { cardOf } from '../models/catalogue';
import { checkerboard } from '../models/small-world';
import { parseCommand } from './options';
import { splitOf } from './ranking-command';

const plain = checkerboard().data;
const listed: DataSet = { ...plain, listed: { user: Int32Array.of(0), item: Int32Array.of(1), start: Int32Array.of(0, 1), negatives: Int32Array.of(2) } };
const asked = (data: DataSet, params: Record<string, unknown>, ...argv: string[]) => askedOf('als', data, params, ...argv);
const askedOf = (model: string, data: DataSet, params: Record<string, unknown>, ...argv: string[]) => {
  const command = parseCommand(['--data', 'a', '--model', 'ease', ...argv]);
  if (command.kind !== 'run') throw new Error('expected a run');
  const { protocol, validation } = splitOf({ data, o: command.options, card: cardOf(model), chosen: { params, selection: 'validation', maskValidation: true } });
  return [protocol, validation];
};

describe('the split of a command', () => {
  it('without listed negatives: the last interaction, one validation item held out', () => expect(asked(plain, {})).toEqual(['last', true]));
  it('with listed negatives: these, and all else is train, as published', () => expect(asked(listed, {})).toEqual(['listed', false]));
  it('a validation item is held out there where it is asked for or something is chosen by it', () => {
    for (const argv of [['--validation', 'yes'], ['--search', 'grid'], ['--patience', '3']]) expect(asked(listed, {}, ...argv)).toEqual(['listed', true]);
    expect(asked(listed, { tune: 'true' })).toEqual(['listed', true]);
  });
  it('patience means nothing to a model without epochs', () => expect(askedOf('ease', listed, {}, '--patience', '3')).toEqual(['listed', false]));
  it('another split that was asked for stands', () => expect(asked(listed, {}, '--split', 'hash')).toEqual(['hash', true]));
});
