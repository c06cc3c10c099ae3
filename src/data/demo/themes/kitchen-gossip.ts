import type { Theme } from './theme';

export const kitchenGossip: Theme = {
  id: 'kitchen gossip',
  tags: ['folk', 'jazz', 'cabaret'],
  words: {
    dish: ['casserole', 'lentil soup', 'dumplings', 'plum jam', 'onion tart', 'gravy', 'pickled beetroot', 'rice pudding', 'fish pie'],
    tool: ['kettle', 'wooden spoon', 'saucepan', 'rolling pin', 'teapot', 'cheese grater', 'oven glove', 'colander', 'soup ladle'],
    who: ['the neighbour', 'Auntie {name}', 'my cousin', 'the postman’s wife', 'the woman from number nine', 'my mother-in-law', 'the vicar’s sister', 'Uncle {name}'],
  },
  titles: [
    'You didn’t hear it from the {tool}', 'Who ate the {dish}', 'Auntie {name} saw everything', 'Scandal at number nine', 'Stir it, {name}', 'Sworn to secrecy (till teatime)',
    'The {tool} told me', 'Curtain twitchers’ waltz', 'She brought shop-bought {dish}', 'Recipe for a rumour', 'Put the {tool} on and tell me', 'Between you, me and the {dish}',
    'Three spoons of hearsay', 'He never washed that {tool}', 'What the neighbours had for dinner',
  ],
  opens: [
    'Put the {tool} on and close the kitchen door', 'They say {who} was seen without a coat', 'I heard it over the garden fence from {who}', 'Peel the potatoes slowly while I tell you this',
    '{who} left warm {dish} on the step at dawn', 'You did not hear this from me or the {tool}', 'There is flour on the phone from ringing {who}', 'The {dish} is burning but the story is better',
    'Everyone at the table lowers their spoon', 'Guess who was holding hands behind the bakery', 'Pass the salt and mind your tongue', 'The whole street knows about the {dish}',
    '{who} has opinions on the new curtains', 'We whisper by the stove like two old pans', 'Three cups of tea and not one secret kept',
  ],
  closes: [
    'and the {tool} whistles at the worst possible part', 'so stir the {dish} and keep a straight face', 'while {who} pretends to read the paper', 'and the apron strings are tied in disbelief',
    'then she borrowed sugar and stayed for the scandal', 'and I only told the butcher and the baker', 'but you never heard it near my {dish}', 'and the gossip rises better than the dough',
    'while the onions give us an excuse to cry', 'and somebody’s husband has learned to tango', 'so lick the spoon and swear on the {tool}', 'and the neighbours are listening through the wall',
    'with a tea towel over the truth', 'and by supper it had reached the next village',
  ],
  tales: [
    'two sisters peel potatoes and take the whole street apart, neighbour by neighbour', '{who} brings warm {dish} and leaves with three secrets', 'a rumour about {who} goes round the kitchen table and comes back married',
    'the {tool} boils over just as the best part of the scandal begins', 'an aunt swears she told nobody, and lists everybody she told', 'neighbours trade recipes and reputations over a pot of {dish}',
    'someone’s marriage is discussed at length by people rolling out dough', 'the tea goes cold while the gossip about {who} gets hotter',
  ],
  hints: ['gossip simmering on the stove', 'an aunt who knows too much', 'a neighbour listening at the kitchen wall', 'tea, biscuits and hearsay', 'a casserole nobody asked for'],
};
