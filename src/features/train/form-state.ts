/** The one form of this page, over the catalogue there is. */
import { createTrainForm, useForm, type TrainFormState } from '../../app/train-form';
import { rankers as catalogue } from '../../models/catalogue';

export { catalogue };
export const form = createTrainForm(catalogue);
export const useTrainForm = <T>(select: (s: TrainFormState) => T): T => useForm(form, select);
