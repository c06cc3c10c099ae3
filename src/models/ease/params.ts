export const params = {
  lambda: { kind: 'number', label: 'Regularisation λ', help: 'How strongly weights are held back. Small trusts every co-occurrence; large leans towards what many people share. Tune it on validation: 100 to 1,000 is usual.', min: 0.01, max: 1_000_000, default: 500, scale: 'log' },
} as const;
