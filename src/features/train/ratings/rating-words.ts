/** Rating results in words and figures. Pure. */
import { overFolds, type RatingMeasure, type RatingRun, type RatingSliceId } from '../../../core/rating-run';
import { count, rate } from '../../../ui/format';

export const measureName: Record<RatingMeasure, string> = { rmse: 'RMSE', mae: 'MAE', r: 'r' };
export const figure = (x: number | null): string => (x === null ? '–' : rate(x));
/** Mean and ± sd, as two texts. */
export function meanOf(run: RatingRun, slice: RatingSliceId, measure: RatingMeasure): { mean: string; sd: string } {
  const { mean, sd } = overFolds(run.folds, slice, measure);
  return { mean: figure(mean), sd: sd === null ? '' : `±\u00a0${rate(sd)}` };
}

/** One to three sentences on what the numbers say. */
export function ratingReading(run: RatingRun): string {
  const rmse = overFolds(run.folds, 'all', 'rmse');
  const mae = overFolds(run.folds, 'all', 'mae');
  const [warm, cold] = [overFolds(run.folds, 'warm', 'rmse'), overFolds(run.folds, 'cold', 'rmse')];
  if (mae.mean === null || rmse.mean === null) return 'There was nothing to measure.';
  const sentences = [`A prediction is off by ${rate(mae.mean, 2)} on average (RMSE ${rate(rmse.mean)}) over ${count(rmse.n)} ratings it had not seen.`];
  if (warm.mean !== null && cold.mean !== null) {
    const gap = cold.mean - warm.mean;
    sentences.push(`Items with few train ratings are ${Math.abs(gap) < 0.005 ? 'predicted as well as the others' : gap > 0 ? `harder: RMSE ${rate(cold.mean)} against ${rate(warm.mean)} for warm ones` : `no harder: RMSE ${rate(cold.mean)} against ${rate(warm.mean)} for warm ones`}.`);
  }
  const last = run.folds[0]?.epochs;
  const best = last?.reduce((a, e) => (e.test !== null && (a.test === null || e.test < a.test) ? e : a), last[0]!);
  if (last && best && last.length > 2 && best.epoch < last.length && last.at(-1)!.test! - best.test! > 0.002) {
    sentences.push(`On fold 1 the error on unseen ratings was lowest after epoch ${best.epoch} and rose afterwards: it learns by heart. No epoch was picked by it.`);
  }
  return sentences.join(' ');
}
