import { describe, expect, it } from 'vitest';
import { coverageOf, looksForeign } from './coverage';
import { tokenise } from './tokens';

const english = 'The rain is tapping on the kitchen roof and my cat is dancing tango with the broom';
const german = 'Der Regen klopft auf das Dach der Küche und meine Katze tanzt mit dem Besen durch die Nacht';
const russian = 'Дождь стучит по крыше кухни и моя кошка танцует танго с метлой всю ночь';

describe('coverage of a column', () => {
  it('counts empty and very short texts, and texts that look like another language', () => {
    expect(coverageOf(['', '  ', 'Rain', 'Two words', english, german, russian])).toEqual({ texts: 7, empty: 2, short: 2, foreign: 2, guessed: 3 });
  });
  it('does not guess from a few words, nor take names and numbers for a language', () => {
    expect(looksForeign(tokenise('der die das und'))).toBeNull();
    expect(looksForeign(tokenise('Kyoto Osaka Nagoya Sapporo Fukuoka Kobe Sendai Chiba 1999 2001'))).toBe(false);
    expect(looksForeign(tokenise(english))).toBe(false);
  });
  it('emoji, right-to-left and scripts without spaces give a result', () => {
    expect(coverageOf(['🎵🎶', 'שלום עולם', '雨が台所の屋根を叩いて私の猫はほうきと一緒にタンゴを踊っているよ今夜もずっと'])).toMatchObject({ texts: 3, empty: 0, short: 2 });
  });
  it('a name in another script is told by its letters, however few its words; a Latin one is not', () => {
    expect(coverageOf(['夜に駆ける', 'שלום עולם', 'Ночь', 'Sigur Rós', '88', '雨'])).toMatchObject({ foreign: 3, guessed: 3 });
    expect(coverageOf(['夜に駆ける', '夜に駆ける雨', 'なる'])).toMatchObject({ short: 2 });
  });
});
