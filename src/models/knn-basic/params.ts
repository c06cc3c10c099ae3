export { neighbourParams as params } from '../../math/neighbour-ratings-params';
