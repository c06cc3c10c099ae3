import type { Theme } from './theme';

export const gardenRevenge: Theme = {
  id: 'garden revenge',
  tags: ['country', 'folk', 'punk'],
  words: {
    veg: ['marrow', 'cabbages', 'runner beans', 'prize leeks', 'tomatoes', 'rhubarb', 'courgettes', 'pumpkin', 'radishes', 'strawberries'],
    pest: ['slugs', 'snails', 'aphids', 'moles', 'caterpillars', 'pigeons', 'ground elder', 'bindweed', 'greenfly'],
    tool: ['spade', 'wheelbarrow', 'watering can', 'hoe', 'hedge trimmer', 'greenhouse', 'compost heap', 'potting shed', 'secateurs'],
  },
  titles: [
    'Slugs I have known', 'He took first prize with my {veg}', 'The compost remembers', 'Bindweed, my love', 'A {tool} for {name}', 'Death of a {pest} salesman', 'Too many {veg}', 'Weeds don’t take holidays',
    'The war of the {veg}', 'Leave the gnome out of this', 'Moonlight on the {veg}', 'Over my dead dahlias', 'Hosepipe ban, heart on fire', 'The {pest} shall inherit the earth', 'Pruning {name}',
  ],
  opens: [
    'The {pest} came in the night for my {veg}', 'I planted in April and wept in July', 'My {tool} is sharp and my patience is seed', 'There’s mud on my knees and hate in my hedge',
    'The {veg} are as big as a bicycle', 'He waters at noon like an amateur', 'I whisper to the {veg} when nobody’s near', 'Behind the {tool} I am plotting',
    'The soil is black and so is my mood', 'Somebody’s dog has been in the {veg}', 'A judge with a ruler approaches the {veg}', 'I dug a trench by the light of the {tool}',
    'Roots go deep and grudges go deeper', 'The {pest} have a map of the borders', 'Forty-two jars and still more {veg}',
  ],
  closes: [
    'so I reach for the {tool} and wait', 'and the {pest} will be sorry in autumn', 'while the {veg} swell up with pride', 'and the compost keeps all of my secrets',
    'for the allotment committee shall pay', 'with nettles in both of my gloves', 'and the lawn is a green declaration of war', 'till the frost comes to settle the score',
    'and the scarecrow looks rather like you', 'and nothing but {pest} on my roses', 'so mulch them and mulch them again', 'and the {tool} is rusting with rage',
    'as the seedlings lean over to listen', 'and I bury the rival in rhubarb',
  ],
  tales: [
    'a gardener and the {pest} fight to the last leaf over the {veg}', 'a rival wins the village show with suspiciously familiar {veg}', 'somebody hides behind the {tool} at midnight waiting for {pest}',
    'the allotment committee measures the {veg} and friendships end', 'forty jars of pickled {veg} are given away to people who never asked', 'a hedge is trimmed in anger and the neighbours never speak again',
    'revenge is sown in April, watered all summer and harvested with a {tool}', 'a gnome goes missing from the border and the {veg} know why',
  ],
  hints: ['slugs in the lettuce', 'a grudge in the vegetable patch', 'mud under the fingernails', 'a prize marrow in danger', 'weeds growing between the verses'],
};
