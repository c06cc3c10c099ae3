/** Invented artists and listeners. Any likeness to a real band is the grammar's fault. */
import type { Random } from '../../core/random';
import { capitalise, fill, pick, type Words } from './grammar';
import { titleCase } from './writer';

const BAND_WORDS: Words = {
  adj: ['Damp', 'Reluctant', 'Electric', 'Unlicensed', 'Velvet', 'Nervous', 'Upholstered', 'Provisional', 'Moderate', 'Angry', 'Invisible', 'Discount', 'Tall', 'Regional', 'Lactose', 'Beige', 'Retired', 'Ornamental'],
  things: ['Librarians', 'Otters', 'Teapots', 'Dentists', 'Cardigans', 'Understudies', 'Badgers', 'Turnstiles', 'Umbrellas', 'Cousins', 'Pelicans', 'Accountants', 'Radiators', 'Gherkins', 'Postmen', 'Windmills', 'Pigeons', 'Trombones'],
  one: ['Spatula', 'Marmalade', 'Turbine', 'Pamphlet', 'Doily', 'Custard', 'Bollard', 'Gazebo', 'Mitten', 'Lasagne', 'Tarpaulin', 'Kazoo', 'Hammock', 'Thimble'],
  first: ['Mildred', 'Otto', 'Birgit', 'Chidi', 'Paloma', 'Ragnar', 'Yuki', 'Fatima', 'Basil', 'Ottoline', 'Kwame', 'Dolores', 'Igor', 'Saoirse', 'Hank', 'Beatrix'],
  last: ['Crumble', 'Von Hosepipe', 'Thunderby', 'Ng’ombe-Smythe', 'Delacroissant', 'Fjordsson', 'Plinth', 'Okonkwobble', 'Bumbershoot', 'Tanaka-Jones', 'Quibble', 'Marzipan', 'Overcoat', 'Peppercorn', 'Sidebottom', 'Wanderlust'],
  place: ['Wolverton', 'the Multi-Storey', 'Lost Property', 'Platform Two', 'the Lower Sixth', 'Östersund', 'the Soup Aisle', 'Terminal B'],
};
const BANDS: readonly string[] = [
  'The {adj} {things}', 'The {things}', '{first} {last}', '{first} and the {things}', 'DJ {one}', 'MC {last}', '{first} {last} & the {adj} {things}', '{one} {one2}', '{things} of {place}', '{last} Trio', 'Big {one}', 'Saint {one}', '{n} {things}', 'Kid {one}', 'Orchestra of {place}', 'The {one} Affair',
];

/** `count` different artist names. */
export function nameArtists(count: number, random: Random): string[] {
  const taken = new Set<string>();
  while (taken.size < count) taken.add(titleCase(fill(pick(BANDS, random), BAND_WORDS, random)));
  return [...taken];
}

const FIRST = ['Ada', 'Bruno', 'Carmen', 'Dilip', 'Elif', 'Finn', 'Greta', 'Hugo', 'Imani', 'Jonas', 'Kaori', 'Lena', 'Marek', 'Nadia', 'Oskar', 'Priya', 'Quentin', 'Rosa', 'Samir', 'Tove', 'Uma', 'Viktor', 'Wanjiru', 'Xenia', 'Yael', 'Zoltan', 'Anouk', 'Bo', 'Chiara', 'Dao', 'Emre', 'Freya', 'Gael', 'Hana', 'Ilse', 'Juno', 'Kofi', 'Lucia', 'Mateo', 'Noor'];
const FRONT = ['Moss', 'Button', 'Thistle', 'Copper', 'Bramble', 'Harbour', 'Winter', 'Pickle', 'Feather', 'Marsh', 'Lantern', 'Biscuit', 'Pebble', 'Clover', 'Gravel', 'Honey', 'Kettle', 'Willow'];
const BACK = ['brook', 'worth', 'field', 'sson', 'ini', 'ova', 'man', 'well', 'berg', 'dottir', 'wick', 'ton'];

/** `count` different listener names. */
export function nameListeners(count: number, random: Random): string[] {
  const taken = new Set<string>();
  while (taken.size < count) taken.add(`${pick(FIRST, random)} ${capitalise(pick(FRONT, random))}${pick(BACK, random)}`);
  return [...taken];
}
