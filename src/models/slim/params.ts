export const params = {
  l1: { kind: 'number', label: 'L1', help: 'Weights that explain less than this many common users become exactly 0. Larger: fewer reasons per recommendation, faster to fit.', min: 0, max: 100_000, default: 1 },
  l2: { kind: 'number', label: 'L2', help: 'Holds all weights back, and shares weight among items that say the same. Tune it on validation: 10 to 1,000 is usual.', min: 0.001, max: 1_000_000, default: 100, scale: 'log' },
  k: { kind: 'int', label: 'Candidates', help: 'Each item is explained by at most this many of its most similar items (cosine). Fewer is faster and rarely worse. 0 takes all that ever occur together with it.', min: 0, max: 10_000, default: 0 },
  tolerance: { kind: 'number', label: 'Tolerance', help: 'An item is done when no weight moves by more than this.', min: 1e-9, max: 0.01, default: 1e-4, scale: 'log', advanced: true },
  sweeps: { kind: 'int', label: 'Most sweeps', help: 'Ends an item that has not settled after this many rounds over its candidates.', min: 1, max: 10_000, default: 100, scale: 'log', advanced: true },
} as const;
