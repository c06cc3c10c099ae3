/** Our kernels as WGSL programs, registered under the names the operations in ../kernels launch. Imported only with the WebGPU backend. */
import './adam';
import './elementwise';
import './in-batch-softmax';
import './linear';
import './norm';
import './pair-head';
import './rows';
import './self-terms';
