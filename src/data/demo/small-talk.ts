/** Words no theme owns: they make the noise between the themes. */
export const SHARED: Readonly<Record<string, readonly string[]>> = {
  name: ['Agnes', 'Boris', 'Clementine', 'Derek', 'Esperanza', 'Fergus', 'Gudrun', 'Humphrey', 'Ingrid', 'Jamal', 'Keiko', 'Lorenzo', 'Mabel', 'Nigel', 'Olga', 'Percy', 'Queenie', 'Rashid', 'Svetlana', 'Tobias', 'Ursula', 'Vikram', 'Winifred', 'Yusuf', 'Zelda'],
  place: ['Nether Wallop', 'Kuopio', 'Winnipeg', 'Upper Snodbury', 'Wagga Wagga', 'Ouagadougou', 'Little Piddling', 'Reykjavik', 'Timbuktu', 'Llanfair', 'Oshkosh', 'Castrop-Rauxel', 'Titicaca', 'Lower Dribble'],
  n: ['three', 'seven', 'eleven', 'nineteen', 'forty', 'sixty-one', 'ninety', 'two hundred'],
  adj: ['reluctant', 'slightly used', 'magnificent', 'suspicious', 'wobbly', 'unreasonable', 'lukewarm', 'heroic', 'mildly famous', 'unpaid', 'second-best', 'inconvenient', 'enormous', 'polite', 'non-refundable', 'semi-professional', 'half-hearted', 'overdue'],
  noun: ['trumpet', 'apology', 'moustache', 'sandwich', 'goodbye', 'elbow', 'teaspoon', 'miracle', 'trousers', 'accordion', 'turnip', 'opinion', 'hat', 'Wednesday', 'encore', 'ukulele', 'mistake', 'silence', 'parade', 'biscuit'],
  feel: ['regret', 'joy', 'mild concern', 'hope', 'jealousy', 'boredom', 'bliss', 'confusion', 'longing', 'embarrassment'],
  time: ['Tuesday', 'Maybe Monday', 'the last Thursday', 'the day after never', 'the morning after', 'the second encore', 'February', 'a bank holiday'],
};

/** Titles that say nothing about the theme. */
export const VAGUE_TITLES: readonly string[] = [
  'The {adj} {noun}', 'Ballad of the {adj} {noun}', '{feel} on {time}', 'Goodbye, {noun}', 'Dance of the {adj} {noun}', 'I told {name} about the {noun}', '{name}, please', 'Waltz in {feel} minor',
  'My {adj} heart', 'See you on {time}', 'Not now, {name}', '{n} kinds of {feel}', 'The {noun} song', 'Song for {name}, part {n}', 'Everybody’s {noun}', 'No {noun}, no cry', '{name} and the {adj} {noun}',
  'This is not about {name}', 'Give me back my {noun}', 'Postcard to {name}', 'A {adj} kind of {feel}', 'Remember {time}', 'Hymn to a {noun}', 'Sorry about {time}', 'The {noun} that got away', '{feel}, apparently',
  'Ask {name}', '{place} is nice this time of year', 'How to explain the {noun}', 'Track {n}', 'Untitled ({adj})', 'The ones who forgot {time}', 'All my {noun}s', '{name} doesn’t live here', 'What {name} said about {name2}',
];

/** What tells two songs of one title apart. */
export const VERSIONS: readonly string[] = ['(live in {place})', '(for {name})', '(reprise)', '({adj} version)', '(part {n})', '(without {name})', '(again)', '(the {noun} remix)'];

/** Lines any song may contain. */
export const FILLER_OPENS: readonly string[] = [
  'Oh {name}, oh {name}, what did I say', 'La la la, I forgot this part', 'And I told you on {time}', 'Some things you cannot explain', 'I remember it all rather badly', 'Sing it again with your {adj} heart', 'Time goes by and then it comes back',
  'Nobody warned me about {feel}', 'You know and I know and {name} knows too', 'It could have been {time}, it could have been worse', 'This is the verse where I mention my {noun}', 'Hey, hey, listen to me', 'There’s a feeling for which there’s no word', 'Yesterday I was {n} years younger',
];
export const FILLER_CLOSES: readonly string[] = [
  'and that is the way that it goes', 'so sing it with {feel}, sing it with me', 'but {name} never listened to me', 'and I’d do it again on {time}', 'and nothing, no, nothing has changed', 'with {n} kinds of {feel} in my head', 'oh yeah, oh no, oh well',
  'and I hold on to my {adj} {noun}', 'and all I have left is the tune', 'so take it or leave it, my friend', 'and we laughed like it mattered', 'till {name} comes home for the chorus', 'na na na, and so on', 'and I never quite got to the point',
];

/** Summaries are FORM + (tale or vague tale) + TAIL. */
export const FORMS: readonly string[] = [
  'A {mood} waltz in which', 'A {mood} little song in which', 'Three {mood} minutes in which', 'A {mood} duet in which', 'A {mood} ballad in which', 'Part confession, part lullaby, in which', 'A {mood} singalong in which', 'The {mood} one in which', 'A {mood} slow burner in which', 'A {mood} two-chord wonder in which',
];
export const MOODS: readonly string[] = ['wistful', 'cheerful', 'stubborn', 'tender', 'breathless', 'grumpy', 'hopeful', 'deadpan', 'bittersweet', 'unhurried', 'triumphant', 'sheepish', 'dramatic', 'gentle'];
export const VAGUE_TALES: readonly string[] = [
  'the singer explains what happened, then explains it again more quietly', 'nobody is sure what was meant, least of all {name}', 'somebody called {name} is asked to be patient for {n} bars', 'a simple feeling takes the long way round to the chorus',
  'the {adj} narrator apologises for the previous song', 'two voices disagree about what happened on {time}', 'a promise is made, mislaid and found again by {name}', 'the whole story is told backwards and loses nothing',
];
export const TAILS: readonly string[] = [
  'sung with great {feel}', 'ending on a chord of pure {feel}', 'and somehow it is catchy', 'with handclaps nobody asked for', 'all of it addressed to {name}', 'and the last note is held for {n} seconds', 'with an accordion solo of some {feel}', 'and you will hum it until {time}',
  'told entirely without shame', 'with a key change nobody saw coming', 'and everybody joins in at the end', 'recorded in one take on {time}',
];
