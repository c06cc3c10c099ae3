import type { Theme } from './theme';

export const nightDriving: Theme = {
  id: 'night driving',
  tags: ['synth-pop', 'ambient', 'rock'],
  words: {
    road: ['ring road', 'motorway', 'coast road', 'flyover', 'bypass', 'long tunnel', 'toll road', 'slip road'],
    car: ['borrowed hatchback', 'old estate car', 'rusty van', 'company saloon', 'second-hand convertible', 'station wagon', 'taxi'],
    part: ['headlights', 'wipers', 'dashboard', 'indicator', 'rear-view mirror', 'glove box', 'gear stick', 'fuel gauge', 'brake lights'],
    stop: ['petrol station', 'lay-by', 'services', 'car park', 'drive-through', 'car wash'],
  },
  titles: [
    'Last exit before {place}', 'The {part} know everything', 'Slow lane romance', 'Recalculating', 'Objects in the mirror are my ex', 'Turn around when possible',
    'Ninety miles of {road}', 'Petrol station flowers', 'Love song for a {car}', 'Cruise control and other lies', 'Are we nearly there, {name}', 'Full beam at midnight',
    'The satnav misses you too', 'Missed my junction, found myself', 'Hazard lights for {name}', 'Parallel parking in the dark',
  ],
  opens: [
    'The {road} is empty at a quarter past two', 'I count the cat’s-eyes down the {road}', 'My {part} glow green on the windscreen', 'Somebody overtakes me with one dead headlamp',
    'There is a {stop} lit up like an aquarium', 'I drive this {car} past your turning', 'White lines are running under the bonnet', 'The satnav whispers turn left in the dark',
    'Lorries are sleeping nose to tail in the {stop}', 'Fourth gear and nowhere I am meant to be', 'The tarmac hums beneath my tyres', 'I fill the tank at a midnight {stop}',
    'Every traffic light goes green for nobody', 'One hand on the wheel, one on the {part}', 'The {car} smells of rain and old maps', 'Junction nineteen slides by without a sound',
  ],
  closes: [
    'and the {part} will not tell me why', 'while the exit signs spell out your name', 'so I miss the roundabout and go round again', 'with the high beam on and the radio low',
    'and the speedometer trembles like a promise', 'until the {road} runs out of tarmac', 'and I let the engine do the talking', 'with my foot on the pedal and my mind in reverse',
    'as the kilometres fold into the {part}', 'and the overtaking lane belongs to the moon', 'while a hitchhiker waves at the {stop}', 'and the seat belt holds me like you did',
    'then I park by the {stop} and wait for dawn', 'and all the number plates look like yours',
  ],
  tales: [
    'a driver passes every exit on the {road} rather than answer one question', 'two headlights and a {car} cross the country looking for an open {stop}', 'someone falls in love with the voice of the satnav somewhere on the {road}',
    'a taxi circles the city until the fare remembers where home is', 'a lone motorist confesses to the {part} at seventy miles an hour', 'a couple argue about the map until the {car} runs out of petrol',
    'the night shift at a {stop} watches tail lights disappear', 'a learner takes the {car} onto the {road} at midnight and never wants to stop',
  ],
  hints: ['rather a lot of motorway', 'a long drive home in the dark', 'headlights passing through the last verse', 'a petrol station at midnight', 'the hum of tyres underneath'],
};
