/** Every ranking metric, in the order in which it is shown. */
import type { Metric } from '../core/metric';
import { averagePrecision } from './average-precision';
import { hitRate } from './hit-rate';
import { ndcg } from './ndcg';
import { precision } from './precision';
import { recall } from './recall';
import { reciprocalRank } from './reciprocal-rank';

export const METRICS: readonly Metric[] = [hitRate, ndcg, recall, precision, reciprocalRank, averagePrecision];
