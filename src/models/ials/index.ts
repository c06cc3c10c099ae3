/** The card of iALS. */
import { defineModel } from '../../core/model';
import { params } from './params';

export const ials = defineModel({
  id: 'ials',
  name: 'iALS (revisited)',
  paper: { title: 'Revisiting the Performance of iALS on Item Recommendation Benchmarks', authors: 'Rendle, Krichene, Zhang, Koren', year: 2022, url: 'https://arxiv.org/abs/2110.14037' },
  chooseWhen: 'Choose it as the strong baseline a new model has to beat: tuned with care it holds its own against far larger networks.',
  task: 'rank',
  iterative: true,
  tensors: false,
  needs: {},
  params,
  main: ['factors', 'lambda', 'alpha0', 'epochs'],
  presets: [
    { id: 'fast', label: 'Fast', note: 'Few factors, conjugate gradient: seconds, and close to the full model.', params: { factors: 32, epochs: 10, solver: 'cg' } },
    { id: 'published-ml1m', label: 'MovieLens 1M', note: '192 factors, λ = .007, α₀ = .3, 12 iterations: the settings of the figures published for MovieLens 1M with 99 listed negatives. Solved by conjugate gradient here; exact takes minutes.', params: { factors: 192, lambda: 0.007, alpha0: 0.3, nu: 1, epochs: 12, solver: 'cg' } },
  ],
  load: () => import('./fit'),
});
