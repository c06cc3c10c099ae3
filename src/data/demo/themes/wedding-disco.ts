import type { Theme } from './theme';

export const weddingDisco: Theme = {
  id: 'wedding disco',
  tags: ['disco', 'soul', 'cabaret'],
  words: {
    guest: ['the best man', 'the bride’s father', 'a bridesmaid', 'Uncle {name}', 'the groom', 'Grandma', 'table seven', 'the page boy'],
    dance: ['conga', 'twist', 'cha-cha', 'slow dance', 'moonwalk', 'polka', 'limbo', 'line dance'],
    bit: ['mirror ball', 'buffet', 'confetti', 'bouquet', 'champagne', 'three-tier cake', 'bow tie', 'dance floor', 'seating plan'],
  },
  titles: [
    'Uncle {name} owns the {bit}', 'Table seven', 'The best man went on a bit', 'Shoes off, {name}', 'Conga line to {place}', 'I caught the {bit}', 'Always the DJ, never the bride', 'Last {dance} with the caterer',
    'Free bar till nine', 'Something borrowed, someone blue', 'Do the {dance}, {name}', 'Speech! Speech! No.', 'My ex is on the seating plan', 'Confetti in places', 'Glitter takes years to leave',
  ],
  opens: [
    'The DJ plays the one that everybody knows', 'Uncle {name} has found the {dance}', '{guest} is crying by the {bit}', 'Raise your glass to the bride and the groom',
    'The {bit} is spinning silver on the walls', 'Take off your heels, it’s the {dance}', '{guest} fell into the {bit}', 'A conga goes twice round the marquee',
    'The best man’s speech is on its second hour', 'We are all on the dance floor in our socks', 'She threw the bouquet like a javelin', 'The band knows four songs and one is the {dance}',
    'Everybody clap on the wrong beat', 'The groom has mistaken the {bit} for his hat', 'They cut the cake with a sword from the wall',
  ],
  closes: [
    'and {guest} did the {dance} till dawn', 'so shake what the caterers gave you', 'while {guest} proposed to the DJ', 'with a plate full of prawns and a hand in the air',
    'and the {bit} has seen this before', 'till the lights go up and the ties come off', 'and the bridesmaids are swinging their shoes', 'for the happy, the happy, the fairly drunk pair',
    'and the toast went on like a sermon', 'as the bass line shakes the {bit}', 'and grandma is winning the limbo', 'so dance like the photos are blurred',
    'and we danced on the chairs to the {dance}', 'with glitter on all of the aunties',
  ],
  tales: [
    '{guest} attempts the {dance} and takes the {bit} along', 'the best man’s speech reveals far too much to the whole marquee', 'a wedding DJ plays the {dance} for people who should sit down',
    'the bouquet is caught by {guest}, who is already married', 'two former lovers are placed side by side by the seating plan', 'a conga line leaves the reception and is never seen again',
    'the bride dances with everyone, including the caterers, under a mirror ball', 'the dance floor is full, the {bit} is empty and {guest} is singing',
  ],
  hints: ['a conga in the last minute', 'an uncle on the dance floor', 'confetti in the microphone', 'a best man who cannot stop', 'a mirror ball going round'],
};
