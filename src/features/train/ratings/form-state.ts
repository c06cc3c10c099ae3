/** The one form of rating prediction, over the models of ratings there are. */
import { useStore } from 'zustand';
import { createRatingForm, type RatingFormState } from '../../../app/ratings/form';
import { raters } from '../../../models/catalogue';

export { raters };
export const ratingForm = createRatingForm(raters);
export const useRatingForm = <T>(select: (s: RatingFormState) => T): T => useStore(ratingForm.store, select);
export const raterName = (id: string): string => raters.find((c) => c.id === id)?.name.replace(/ \(ratings\)$/, '') ?? id;
