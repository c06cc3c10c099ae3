export const params = {
  members: {
    kind: 'members', label: 'Members', default: 'item-knn:0.5,als:0.5',
    help: 'The models that are blended, from two to six, and how much each counts. Only the proportions matter.',
  },
  tune: { kind: 'toggle', label: 'Tune the weights on validation', help: 'Fits the members once, then takes the weights with the best validation NDCG@10 out of a grid over all proportions; the weights above are not used. The test set is not looked at.', default: false },
} as const;
