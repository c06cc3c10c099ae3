import type { Theme } from './theme';

export const moneyTrouble: Theme = {
  id: 'money trouble',
  tags: ['hip-hop', 'country', 'soul'],
  words: {
    bill: ['gas bill', 'rent', 'overdraft', 'parking fine', 'student loan', 'mortgage', 'credit card', 'tax demand', 'final reminder'],
    cash: ['jar of change', 'last coin', 'lottery ticket', 'piggy bank', 'empty wallet', 'bad cheque', 'savings book', 'gold watch', 'pawn ticket'],
    rich: ['the bank', 'the landlord', 'the bailiff', 'my accountant', 'the cash machine', 'the taxman', 'the loan shark'],
  },
  titles: [
    'Insufficient funds, sufficient dreams', 'The {bill} came first', '{rich} loves me not', 'Ballad of the {cash}', 'Payday is a rumour', 'Contactless', 'Can you lend me, {name}',
    'Down to my {cash}', 'Rich in coat hangers', 'Three numbers and the bonus ball', 'Final final reminder', 'Millionaire by rounding error', 'Split the bill, {name}', 'Overdrawn and underdressed', 'Money talks, mine says bye',
  ],
  opens: [
    'The {bill} slid under the door in red', 'I counted my {cash} and it counted me out', '{rich} has been ringing since nine', 'Payday was Friday and so was the {bill}',
    'I’m broke as a biscuit and twice as dry', 'I bought a {cash} with my {cash}', 'The interest is rising like bread', 'My wallet is thin as an alibi',
    '{rich} says no in a friendly voice', 'I owe you, I owe him, I owe her as well', 'Coins down the back of the sofa', 'I signed for the {bill} in pencil',
    'I pawned the guitar for the {bill}', 'The price went up while I was in the queue', 'Diamonds on layaway, rice in the pan',
  ],
  closes: [
    'and {rich} wants it all by Monday', 'so I paid with a smile and a {cash}', 'while my balance is written in blood', 'and the {bill} has a baby called interest',
    'for a dollar won’t stretch to the weekend', 'and there’s moths in the {cash} again', 'till my numbers come up on the telly', 'and the poor get the parking fines',
    'and I tipped him in buttons and hope', 'with a hole in each pocket of mine', 'so lend me a tenner till payday', 'and {rich} sends his love and a fee',
    'as the cash machine swallows my card', 'and I’m rich for a second each month',
  ],
  tales: [
    'the {bill} arrives and the singer hides behind the sofa with the {cash}', 'somebody wins the lottery by one number and owes {rich} the rest', '{rich} and a debtor become friends during a very long phone call',
    'payday lasts eleven minutes, and the {bill} takes ten of them', 'a family lives on credit, coupons and one {cash}', 'the singer pawns everything but the song to pay the {bill}',
    'an accountant explains bankruptcy gently to a man with a {cash}', 'a tenner is lent, borrowed, owed and lost in four verses',
  ],
  hints: ['an unpaid bill in every verse', 'the bank on the phone', 'a lottery ticket that nearly wins', 'an empty wallet', 'rent due on Monday'],
};
