import type { Theme } from './theme';

export const mountainLost: Theme = {
  id: 'lost on a mountain',
  tags: ['country', 'rock', 'folk'],
  words: {
    peak: ['summit', 'north ridge', 'glacier', 'false summit', 'valley', 'mountain pass', 'scree slope', 'alpine hut', 'cliff'],
    kit: ['rucksack', 'compass', 'hiking boots', 'walking pole', 'thermos', 'soggy map', 'tent', 'rope', 'cagoule', 'emergency whistle'],
    beast: ['mountain goat', 'marmot', 'eagle', 'chamois', 'cow with a bell', 'ibex', 'mule'],
  },
  titles: [
    'It’s just behind this {peak}', 'Shortcut, said {name}', 'The goat knew the way', 'My {kit} weighs more than you', 'Blisters and stars', 'Upside-down map', 'Yodel if you love me', 'The {beast} took my lunch',
    'Uphill both ways, {name}', 'False summit', 'Tent for one and a half', 'Scenic route to {place}', 'Echo, echo, {name}', 'I packed the cheese, you packed nothing', 'Rescue helicopter blues',
  ],
  opens: [
    'We lost the path below the {peak}', 'My {kit} is full of the wrong kind of socks', 'A {beast} looked down on our map', 'Up, up, said the guide, and sat down',
    'The trail was marked until it was not', 'I yodelled your name off the {peak}', 'Blisters are blooming inside of my boots', 'The air gets thin and the jokes get long',
    'We pitched the tent on the lip of a {peak}', 'Pine trees and granite and no reception', 'The signpost pointed at the sky', 'Your {kit} rolled all the way to the valley',
    'Snow in July on the {peak}', 'We followed a {beast} for an hour', 'One boot in the stream and one on the {peak}',
  ],
  closes: [
    'and the {peak} was another hill further', 'while the {beast} ate the last of the sandwiches', 'so we climbed it again for the photo', 'and the echo said that it was lost as well',
    'with a {kit} and a cheese and no plan', 'and the valley went gold far below us', 'till the rescue dog found us asleep', 'and my knees will not hear about downhill',
    'as the avalanche cleared its throat', 'and the compass pointed at lunch', 'and the {beast} laughed like my uncle', 'so hand me the {kit} and keep walking',
    'above the tree line and under the weather', 'and the summit was closed for repairs',
  ],
  tales: [
    'two hikers follow a {beast} off the map and past the {peak}', 'a shortcut over the {peak} takes three days and one friendship', 'somebody carries a {kit} to the top and forgets why',
    'the guide is lost, the {beast} is not, and nobody will admit it', 'mountaineers argue about cheese while the fog closes on the {peak}', 'a yodel comes back from the {peak} with corrections',
    'the summit turns out to be the car park of a higher mountain', 'a climber hangs from the {peak} and thinks about sandwiches',
  ],
  hints: ['a goat on the path', 'a wrong turn above the tree line', 'blisters in both boots', 'an echo that answers back', 'a map held upside down'],
};
