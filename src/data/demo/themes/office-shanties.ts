import type { Theme } from './theme';

export const officeShanties: Theme = {
  id: 'sea shanties of the office',
  tags: ['shanty', 'folk', 'punk'],
  words: {
    thing: ['printer', 'spreadsheet', 'stapler', 'toner cartridge', 'whiteboard', 'swivel chair', 'photocopier', 'filing cabinet', 'laminator', 'pivot table'],
    boss: ['the manager', 'the captain of accounts', 'human resources', 'the regional director', 'the bosun of payroll', 'the new consultant', 'the admiral of sales'],
    meet: ['quarterly review', 'stand-up', 'budget meeting', 'team-building day', 'conference call', 'status update', 'appraisal'],
  },
  titles: [
    'Heave away the {thing}', 'What shall we do with the broken {thing}', 'Reply-all shanty', 'The good ship Third Floor', 'Drunken intern', 'Fifteen men on a conference call',
    'Farewell to the {meet}', 'Haul the {thing}, boys', 'The wreck of the {meet}', 'Blow the lunch hour down', 'As per my last email', 'Leave her, Johnny, it’s half past five',
    'Mutiny in accounts', 'Roll the {thing} home', 'Paper jam at sea',
  ],
  opens: [
    'Heave ho, the {thing} is jammed again', 'We sailed on Monday for the {meet}', 'The {thing} went down with all hands and tray two', '{boss} is shouting from the bridge',
    'Way hey, and up the deadline rises', 'Haul on the cable of the {thing}, me hearties', 'Forty colleagues rowing through the inbox', 'There’s a storm on the sea of unread email',
    'Raise a mug of instant coffee to the crew', 'Oh the {meet} was long and the biscuits were few', 'Our cubicle was leaking memos', 'We were press-ganged into a {meet}',
    'The intern climbed the mast of the {thing}', 'Blow, ye air conditioning, blow', 'The overtime bell rings eight for the crew',
  ],
  closes: [
    'so haul away, the invoices, haul away', 'and {boss} walked the plank of performance', 'with a yo-ho-ho and a purchase order', 'and we copied in the whole of the fleet',
    'while {boss} was counting the paper clips', 'till the salary comes in with the tide', 'and the {thing} was lost off the coast of accounts', 'so heave, you clerks, to the {meet}',
    'and nobody muted their microphone, oh', 'for we’re bound for the pension, a thousand leagues on', 'and the password expired in the gale', 'as the spreadsheet sank to column Z',
    'and we sang to the rhythm of stapling', 'with our lanyards all flying ashore',
  ],
  tales: [
    'a crew of clerks hauls a jammed {thing} through a storm of memos', '{boss} is lost overboard during the {meet} and nobody updates the minutes', 'the accounts department sails for the weekend and founders on a {thing}',
    'an intern is press-ganged into the {meet} and comes back an old sailor', 'colleagues sing in time while stapling, rowing towards half past five', 'a reply-all sinks the whole office with no survivors in sales',
    'mutiny breaks out over the {thing}, and {boss} is made to walk the plank', 'overtime is measured in leagues and the coffee is rationed like rum',
  ],
  hints: ['a printer jam in the chorus', 'colleagues heaving in time', 'a mutinous accounts department', 'one meeting too many', 'emails breaking over the bow'],
};
