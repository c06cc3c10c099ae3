export const params = {
  userClusters: { kind: 'int', label: 'User clusters', help: 'Groups of people who rate alike.', min: 1, max: 100, default: 3 },
  itemClusters: { kind: 'int', label: 'Item clusters', help: 'Groups of items that are rated alike.', min: 1, max: 100, default: 3 },
  epochs: { kind: 'int', label: 'Epochs', help: 'Rounds in which every user and item chooses its best cluster.', min: 1, max: 500, default: 20, alias: 'iterations' },
} as const;
