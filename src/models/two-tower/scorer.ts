/** Scores of (user, item) pairs from tower outputs. Shared with the other models that score pairs this way. */
export * from '../../compute/pair-scorer';
