import type { Theme } from './theme';

export const tenantGhosts: Theme = {
  id: 'ghosts who pay rent',
  tags: ['chamber pop', 'cabaret', 'rock'],
  words: {
    spook: ['ghost', 'poltergeist', 'phantom', 'spectre', 'headless lodger', 'banshee', 'skeleton', 'vampire', 'grey lady'],
    room: ['attic', 'cellar', 'crypt', 'haunted corridor', 'west wing', 'airing cupboard', 'landing', 'graveyard'],
    prop: ['chains', 'candelabra', 'coffin', 'cobwebs', 'ouija board', 'creaking floorboard', 'tombstone', 'white sheet', 'suit of armour'],
  },
  titles: [
    'The {spook} upstairs has guests', 'Boo, excuse me', 'Rattle your {prop} quietly', 'Deceased but punctual', 'Haunted, partly furnished', 'Who’s been in my {prop}', 'She walked through the wall and my heart',
    'The séance went to voicemail', 'Rest in pieces, {name}', 'Till death, and then rent', 'A {spook} of my former self', 'Cold spot in the {room}', 'No exorcists after ten', 'Bats in the {room}', 'I left my head in {place}',
  ],
  opens: [
    'There’s a {spook} on the stairs in my slippers', 'At midnight the {prop} begin to move', 'The {room} was cold before we came', 'Knock once for yes and twice for the deposit',
    'A {spook} came through the wall to say sorry', 'We held a séance, they asked us to hush', 'The dead man downstairs plays the organ', 'Something with no head is using the mirror',
    'I heard her moan from the {room}', 'The {prop} has my name on it, misspelt', 'He died in the year of the great moustache', 'The candle goes out when the {spook} walks by',
    'Three bats and a {spook} on the guest list', 'The tomb has been redecorated', 'I screamed and the {spook} screamed back',
  ],
  closes: [
    'and the {prop} rattle along to the tune', 'but at least the {spook} does the dishes', 'while the {room} exhales in the dark', 'and the living are so inconsiderate',
    'for eternity’s long and the walls are thin', 'and the exorcist left with a headache', 'so I haunt you politely at weekends', 'with a wail and a clank from the {room}',
    'and she pays for the {room} in old coins', 'as the graves in the garden applaud', 'and the blood on the carpet was jam', 'till the cock crows and all of us vanish',
    'and the {spook} wants the window closed', 'in a shroud that she borrowed from me',
  ],
  tales: [
    'a {spook} in the {room} pays rent on time and complains about the living', 'the séance reaches a {spook} who would rather be left alone', 'somebody moves into a haunted house and is the noisiest one there',
    'a {spook} rattles the {prop} at midnight and apologises at breakfast', 'the exorcist, the landlord and the {spook} cannot agree on a date', 'a widow finds the afterlife draughty and moves back into the {room}',
    'two skeletons fall out over whose {prop} it was', 'a vampire looks for a flat without windows and meets a {spook}',
  ],
  hints: ['a ghost on the landing', 'chains rattling in the attic', 'a politely haunted chorus', 'somebody dead at the door', 'a candle going out by itself'],
};
