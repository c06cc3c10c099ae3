/** Negatives, and the distinct entities of a batch. Shared with the other models that draw them this way. */
export * from '../../compute/negatives';
