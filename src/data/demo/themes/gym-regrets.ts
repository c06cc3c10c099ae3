import type { Theme } from './theme';

export const gymRegrets: Theme = {
  id: 'gym regrets',
  tags: ['disco', 'hip-hop', 'punk'],
  words: {
    move: ['squats', 'burpees', 'lunges', 'push-ups', 'star jumps', 'deadlifts', 'sit-ups', 'planks', 'spinning'],
    kit: ['treadmill', 'rowing machine', 'kettlebell', 'yoga mat', 'dumbbell', 'skipping rope', 'protein shake', 'sweatband', 'exercise bike'],
    ache: ['hamstrings', 'calves', 'biceps', 'left knee', 'shoulders', 'stomach muscles', 'thighs'],
  },
  titles: [
    'Membership since January', 'My {ache} want a word', 'Ten more, he said', 'The {kit} always wins', 'Leg day, then no legs', 'Ode to the sauna', 'I came for the smoothie',
    'New year, same {ache}', 'Lost on the {kit}', 'Stretch before you text', 'Personal trainer, impersonal pain', '{move} for {name}', 'Cancel any time (you can’t)', 'Lycra is honest', 'Burn, baby, sit down',
  ],
  opens: [
    'I joined the gym on the first of January', 'Three more {move} and I see the light', 'My {ache} are writing a letter', 'The treadmill goes nowhere and so do I',
    'The trainer says breathe and adds another ten', 'Sweat on the {kit}, shame on the mat', 'The mirror is full of people with muscles', 'I lift the {kit} and the {kit} lifts me',
    'One, two, my {ache} are through', 'My lycra knows what I had for lunch', 'They play fast music so you feel the {move}', 'I stretched and something answered',
    'The locker room hums with ambition', 'A man with a whistle believes in me', 'Warm up, cool down, lie down on the {kit}',
  ],
  closes: [
    'and my {ache} will remember till Thursday', 'so feel the burn, then feel it on the stairs', 'while the membership renews itself', 'and the {kit} is laughing in kilograms',
    'with a towel on my head and a stitch in my side', 'and I swear I’ll do {move} when I’m dead', 'till the protein shake tastes like regret', 'and my pulse does the samba alone',
    'as the calories wave from the bakery', 'and I limp to the sauna a champion', 'so count me down, count me out', 'and the scales have a sense of humour',
    'one more rep for the people who doubted', 'and I carry my {ache} home in a bag',
  ],
  tales: [
    'a January gym member meets the {kit} for the first and last time', 'a personal trainer shouts numbers while somebody’s {ache} give notice', 'the singer attempts {move}, sees a white light and orders a smoothie',
    'a membership renews itself every month, unlike the {ache} of its owner', 'someone runs five miles on a treadmill and arrives exactly where they started', 'a whole aerobics class collapses in time to the beat during the {move}',
    'a marathon is planned in detail by a person who cannot climb stairs', 'a bodybuilder lifts everything but the telephone between two sets of {move}',
  ],
  hints: ['sore muscles by the bridge', 'somebody counting push-ups', 'a treadmill going nowhere', 'sweat dripping on the second verse', 'a trainer shouting encouragement'],
};
