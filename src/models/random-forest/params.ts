export const params = {
  trees: { kind: 'int', label: 'Trees', help: 'How many trees vote. More make scores steadier, never worse, and cost time in proportion.', min: 1, max: 1000, default: 100, scale: 'log' },
  depth: { kind: 'int', label: 'Depth', help: 'How many questions a tree may ask in a row. Deep trees find finer rules and learn noise by heart.', min: 1, max: 24, default: 8 },
  minLeaf: { kind: 'int', label: 'Rows in a leaf', help: 'How many examples an answer must rest on at least.', min: 1, max: 10000, default: 20, scale: 'log' },
  share: { kind: 'number', label: 'Features per question', help: 'Share of the features each question may choose from. Below 1, trees differ more and their mean is steadier.', min: 0.01, max: 1, default: 0.5 },
  asked: { kind: 'number', label: 'Plays asked about', help: 'Share of the train plays the forest learns to find again. They are taken out before anything is counted, so the answer is never in the question; too many leave little to count.', min: 0.01, max: 0.9, default: 0.2, advanced: true },
  plays: { kind: 'int', label: 'Plays asked about at most', help: 'On large data this many are enough; the others stay in the counts.', min: 10, max: 1000000, default: 20000, scale: 'log', advanced: true },
  negatives: { kind: 'int', label: 'Negatives', help: 'Items a person does not have, drawn for each play as examples of what they passed by.', min: 1, max: 50, default: 4, advanced: true },
} as const;
