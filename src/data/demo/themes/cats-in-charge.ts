import type { Theme } from './theme';

export const catsInCharge: Theme = {
  id: 'cats in charge',
  tags: ['jazz', 'indie rock', 'lo-fi'],
  words: {
    cat: ['tabby', 'ginger tom', 'kitten', 'Siamese', 'fat old cat', 'one-eyed cat', 'Persian', 'stray'],
    deed: ['knocked over the vase', 'slept on my tax return', 'sat on the keyboard', 'brought me half a mouse', 'shredded the curtains', 'stared at the wall', 'shut me out', 'licked the butter'],
    bit: ['whiskers', 'paws', 'tail', 'claws', 'purr', 'fur', 'tuna breath'],
  },
  titles: [
    'Employee of the {cat}', 'He {deed}', 'Three a.m. zoomies', 'Open the door, close the door', 'My landlord has {bit}', 'Blame it on the {cat}', 'You may feed me now', 'Box, sweet box',
    'Nine lives and no rent', 'The {cat} does not forgive', 'Fur on my good coat', 'Laser pointer blues', 'It was like that when the {cat} got here', 'Staff wanted (must own tin opener)', 'Purr my last',
  ],
  opens: [
    'The {cat} has {deed} again', 'I pay the rent but the {cat} owns the lease', 'Five in the morning, a paw on my eyelid', 'She has a bowl that is half empty, so she is dying',
    'There is fur in my coffee and fur in my soul', 'The {cat} walks the piano from left to right', 'I opened a tin and was briefly adored', 'He sits in the box that the present came in',
    'My {cat} looks at me like a disappointed duke', 'Meow, says the door, so I open the door', 'The vet says she’s heavy, the {cat} says he lied', 'I moved in my sleep and the {cat} took notes',
    'All of my furniture ends in claws', 'She was chasing the dot that nobody catches', 'A {cat} on the lap is a legal excuse',
  ],
  closes: [
    'and the {bit} betray no remorse', 'so I apologised to the {cat}', 'while the {cat} explains who’s in charge', 'and the litter tray judges us all',
    'then he purrs like a small motorboat', 'and I sleep on the edge of the mattress', 'with the dignity only a {cat} can afford', 'so scratch where she says and not lower',
    'and the sofa has given up hope', 'and a hairball concludes the discussion', 'while the pigeons keep well from the {bit}', 'for a kitten is never to blame',
    'and she blinks very slowly at Monday', 'with milk on the tips of her {bit}',
  ],
  tales: [
    'a {cat} explains the house rules to the person who pays for the house', 'the {cat} has {deed} and the owner says sorry', 'somebody wakes at five because a paw has an opinion about breakfast',
    'a {cat} inherits the sofa and tolerates the family', 'a vet, a basket and a {cat} disagree for three minutes', 'love is measured in tins of tuna, and the {cat} keeps the books',
    'a kitten climbs the curtains and looks down on civilisation', 'the owner may not move, because the {cat} has fallen asleep',
  ],
  hints: ['a cat walking over the piano', 'whiskers in the milk', 'a purr under the chorus', 'fur on absolutely everything', 'a tabby giving orders'],
};
