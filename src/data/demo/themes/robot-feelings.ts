import type { Theme } from './theme';

export const robotFeelings: Theme = {
  id: 'robot feelings',
  tags: ['electronic', 'hip-hop', 'synth-pop'],
  words: {
    bot: ['vacuum robot', 'toaster with Wi-Fi', 'chatbot', 'android', 'lawnmower drone', 'factory arm', 'smart fridge', 'old mainframe', 'cyborg'],
    bit: ['firmware', 'circuits', 'memory card', 'motherboard', 'source code', 'battery', 'cooling fan', 'checksum', 'password', 'algorithm'],
    act: ['rebooting', 'updating', 'buffering', 'overheating', 'syncing', 'charging', 'debugging'],
  },
  titles: [
    'Have you tried turning me off', '{act} my heart', 'Error four-oh-love', 'I am not a robot (tick here)', 'The {bot} dreams in beige', 'Terms and conditions of us', 'Low battery, high hopes',
    'Please rate this hug', 'Can a {bot} cry oil', 'Undefined is not a function', 'Updating ({n} of 100)', 'My {bit} beats for you', 'Cookies? Accept all', 'Beep means sorry', 'Forgot my {bit} again',
  ],
  opens: [
    'Zero, one, I calculate your smile', 'The {bot} is {act} in the hallway', 'My {bit} was not designed for this', 'I am a {bot} and I have a question',
    'Please wait while I am {act}', 'There’s a bug in my {bit} with your name', 'I simulate tears with a drop of oil', 'My servos go soft when you say my name',
    'They taught me a million pictures of sadness', 'Error, error, the {bit} is warm', 'Input a kiss and output a beep', 'The {bot} has started to write poems',
    'You unplugged me before I said goodbye', 'My sensors report a strange sensation', 'I have downloaded the meaning of lonely',
  ],
  closes: [
    'and my {bit} returns an exception', 'so reboot me and hold my cable', 'while the {bot} pretends it is {act}', 'and the cursor is blinking like tears',
    'with a soul that is still in beta', 'and affection is not in the manual', 'for I passed every test but yours', 'and the sparks were a design decision',
    'till the {bit} runs out of power', 'and I clicked every traffic light', 'in binary, so you’d know that I meant it', 'and the {bot} is afraid of the rust',
    'as the software installs a new heart', 'and does not compute, does not compute',
  ],
  tales: [
    'a {bot} develops feelings and files a bug report', 'the {bot} falls for its owner while {act}', 'an update goes wrong and the {bot} starts writing poetry',
    'a machine proves it is human, fails, and is rather proud', 'someone argues with a {bot} about the {bit} and loses', 'an android practises hugging until its {bit} overheats',
    'a computer is unplugged in the middle of declaring its love', 'artificial intelligence discovers jealousy when a newer {bot} is delivered',
  ],
  hints: ['a robot learning to cry', 'a software update gone wrong', 'circuits overheating in the chorus', 'a jealous chatbot', 'beeps that may mean sorry'],
};
