/** Our kernels as WGSL programs, registered under the names the operations in ../kernels launch. Imported only with the WebGPU backend. */
import './causal-attention';
import './elementwise';
import './in-batch-softmax';
import './linear';
import './norm';
import './optimisers';
import './pair-head';
import './rows';
import './self-terms';
import './softmax';
import './sparse-rows';

export { replaceTopK } from './top-k';
