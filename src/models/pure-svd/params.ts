export const params = {
  factors: { kind: 'int', label: 'Factors', help: 'How many directions of taste are kept. Few see only the broad ones; with as many as there are items, everything is reproduced and nothing recommended. At most the smaller of users and items are used.', min: 1, max: 1000, default: 64, scale: 'log' },
} as const;
