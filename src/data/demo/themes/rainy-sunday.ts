import type { Theme } from './theme';

export const rainySunday: Theme = {
  id: 'rainy Sunday',
  tags: ['lo-fi', 'chamber pop', 'folk'],
  words: {
    wet: ['drizzle', 'rain', 'downpour', 'puddle', 'gutter', 'grey sky', 'cloud', 'storm drain'],
    soft: ['blanket', 'wool socks', 'dressing gown', 'sofa', 'cushion', 'half-read novel', 'crossword', 'jigsaw', 'armchair'],
    glass: ['window', 'skylight', 'balcony door', 'conservatory roof', 'bedroom pane'],
  },
  titles: [
    'Sunday has cancelled itself', 'Ode to a {soft}', 'Drizzle, mostly', 'Still in pyjamas at four', 'The umbrella you left', 'Puddle season', 'Nothing on but the {wet}',
    'Seven down, eleven letters, rain', 'A {soft} of one’s own', 'Let it drizzle, {name}', 'Grey with grey edges', 'Too wet for the park, {name}', 'The {glass} is crying again', 'One more chapter, then nap', 'Indoors is a country',
  ],
  opens: [
    'The {wet} has been tapping since the morning', 'It is Sunday and the {glass} is all grey', 'I wear the {soft} like a second weather', 'Drops are racing down the {glass}',
    'Nothing is open and nobody minds', 'The umbrella drips in the corner', 'A grey afternoon leans on the {glass}', 'My {soft} and I have cancelled the park',
    'Somewhere a gutter is learning the drums', 'The clouds have come down to the chimneys', 'We watch the {wet} from under the {soft}', 'Four o’clock and the lamps are already on',
    'Slow water writes on the {glass}', 'There is mist where the church used to be', 'The forecast said {wet} and then more of the same',
  ],
  closes: [
    'and I turn the same page of the {soft}', 'while the puddles practise being lakes', 'so let it pour, I have wool socks', 'and the afternoon dozes off on the {soft}',
    'and the week can wait behind the {wet}', 'with steam on the {glass} and nowhere to go', 'while the {wet} hums on the roof tiles', 'and yawning is all we had planned',
    'till the streetlamps shine in the {wet}', 'and the hours drip slowly off the eaves', 'so hand me the {soft} and stay', 'as grey as a pigeon, as soft as the {soft}',
    'and the sky has not changed out of its pyjamas', 'and we nap through the thunder',
  ],
  tales: [
    'the {wet} cancels every plan and somebody is delighted', 'a whole Sunday passes under a {soft}, watching drops run down the {glass}', 'two people and a {soft} wait out the drizzle without saying much',
    'a forgotten umbrella stands in the hall and the {wet} keeps falling', 'someone reads one page all afternoon while the gutters overflow', 'the park is flooded, the lamps are lit at four, and nobody gets dressed',
    'grey weather leans against the {glass} until everyone falls asleep', 'a long nap is interrupted only by thunder and the search for wool socks',
  ],
  hints: ['rain against the window', 'a grey Sunday at the edges', 'drizzle all through the middle', 'a blanket and no plans', 'an umbrella left in the hall'],
};
