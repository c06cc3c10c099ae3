import type { Theme } from './theme';

export const spaceLoneliness: Theme = {
  id: 'space loneliness',
  tags: ['ambient', 'synth-pop', 'electronic'],
  words: {
    body: ['moon', 'third moon of Saturn', 'asteroid', 'comet', 'red planet', 'pale blue Earth', 'dwarf planet', 'neutron star', 'nebula'],
    ship: ['capsule', 'space station', 'escape pod', 'lunar module', 'orbiter', 'little rocket', 'satellite'],
    gear: ['airlock', 'oxygen tank', 'helmet', 'solar panel', 'antenna', 'heat shield', 'thruster', 'porthole'],
  },
  titles: [
    'Party of one on the {body}', 'Houston, it’s just me', 'Nobody rings in orbit', 'The {gear} is a good listener', 'Light years from {place}', 'Pluto still counts to me', 'Zero gravity, heavy heart',
    'Your call is {n} light minutes away', 'Dear mission control', 'Out of signal near the {body}', 'The last sandwich on the {ship}', 'One small step, then another alone', 'Space is mostly parking', 'Wave if you can see my {ship}', 'Table for one, {body} view',
  ],
  opens: [
    'I am floating past the {body} with no one to tell', 'Mission control has stopped picking up', 'The {ship} goes round and the sun goes round', 'I wave at the {body} from the {gear}',
    'It is always night outside the {gear}', 'My oxygen is fine, my heart is thin', 'The stars do not blink up here', 'I orbit your city every ninety minutes',
    'The {gear} hums like somebody breathing', 'No sound will carry across the vacuum', 'Your message took {n} years to reach the {ship}', 'I have named every crater after you',
    'Weightless, I drift from the bunk to the {gear}', 'The cosmos is bigger than the brochure said', 'Telescope, telescope, who is out there',
  ],
  closes: [
    'and the Earth is a marble I dropped', 'while the {ship} turns its back on the {body}', 'and gravity is only a rumour', 'a million miles from the nearest hello',
    'and the antenna is listening to nothing', 'so I talk to the {gear} instead', 'as the galaxy spins without asking', 'and the countdown forgot how to end',
    'with stardust inside of my helmet', 'and the {body} does not know my name', 'till the light that you sent has gone cold', 'and nobody knocks on the airlock',
    'alone in the dark with the {body}', 'and I sleep with the universe on',
  ],
  tales: [
    'an astronaut keeps the {ship} tidy in case somebody visits', 'the last message from Earth reaches the {ship} {n} years late', 'somebody orbits the {body} and rehearses saying hello',
    'mission control stops answering and the {gear} becomes a friend', 'a lonely satellite falls in love with the {body} and may not land', 'one cosmonaut counts stars, loses count and has time to start again',
    'a distant planet is told all the news from home through the {gear}', 'a traveller drifts weightless between the {body} and a birthday cake for one',
  ],
  hints: ['a lonely satellite overhead', 'an astronaut who never lands', 'the cold of outer space', 'mission control not answering', 'stars seen through a porthole'],
};
