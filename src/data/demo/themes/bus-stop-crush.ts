import type { Theme } from './theme';

export const busStopCrush: Theme = {
  id: 'bus stop crush',
  tags: ['indie rock', 'synth-pop', 'soul'],
  words: {
    shy: ['blushing', 'stammering', 'tongue-tied', 'giddy', 'pink to the ears', 'head over heels', 'smitten'],
    sign: ['love letter', 'valentine', 'first kiss', 'text message', 'mix tape', 'smile', 'bunch of daisies', 'heart on the desk', 'phone number'],
    bus: ['number nine bus', 'school bus', 'number forty-two', 'tram', 'last bus', 'bus shelter', 'top deck'],
  },
  titles: [
    'Seen {n} minutes ago', 'She said hi (to the driver)', 'My heart is on the {bus}', 'Dear {name}, draft eleven', 'I like your coat, I love your face', 'Blushing for beginners', 'Typing… typing… nothing',
    'You smiled near me', 'Nearly asked {name}', 'The {sign} I never sent', 'Two seats on the {bus}', 'Crush, with exact change', 'Our song (you don’t know it yet)', 'I waved at someone else', 'Kiss me at the terminus',
  ],
  opens: [
    'You were waiting again for the {bus}', 'I’ve been {shy} since Tuesday', 'I wrote you a {sign} and ate it', 'Your hand touched my hand on the rail of the {bus}',
    'My darling, I don’t know your name', 'My heart does a cartwheel at quarter to eight', 'I practised hello in the mirror', 'You laughed at my joke and I died',
    'I’m {shy} whenever you yawn', 'You got off a stop before I got brave', 'I kept your {sign} in my wallet', 'She loves me, she loves me, she’s reading her phone',
    'Sweetheart, I’d miss any {bus} for you', 'Butterflies ride on the {bus} with me', 'I saw you and walked into glass',
  ],
  closes: [
    'and I’m {shy} right down to my shoes', 'so I gave you my seat and my heart', 'and I’ll say I adore you tomorrow', 'but the {sign} stayed there in my hand',
    'and you smiled and I missed my own stop', 'while my cheeks gave the whole game away', 'and I’ve named both our children by Thursday', 'for it’s love, or it’s something I ate',
    'and a {sign} fell out of my sleeve', 'so kiss me before the doors close', 'and I fell like a ticket for you', 'with a lump in my throat and a rose',
    'and the {bus} took my sweetheart away', 'so please be my valentine, stranger',
  ],
  tales: [
    'two strangers fall in love on the {bus} and never speak', 'a {shy} teenager rehearses a single hello for an entire spring', 'somebody carries a {sign} for weeks and posts it to the wrong person',
    'a crush at the bus stop ends when one of them learns to drive', 'the singer, {shy}, gives up a seat and keeps the memory', 'a first kiss is postponed because the {bus} is, for once, on time',
    'someone deletes a {sign} eleven times and sends a thumbs up', 'sweethearts share one umbrella, one earphone and no vocabulary',
  ],
  hints: ['a blush at the bus stop', 'an unsent love letter', 'a first kiss almost happening', 'butterflies on the top deck', 'somebody hopelessly in love'],
};
