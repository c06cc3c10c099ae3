/** x W + b by tfjs's own program, which adds the bias on its way out, and the bias's gradient. */
import { product, registerGpuKernel, sizeOf, zeros } from './launch';
import { columnSums } from './shares';

registerGpuKernel('ColdwaveLinear', (gpu, { x, W, b }) => product(gpu, x!, W!, { bias: b! }));
registerGpuKernel('ColdwaveColumnSums', (gpu, { x }) => (sizeOf(x!.shape) === 0 ? zeros(gpu, [x!.shape[1]!]) : columnSums(gpu, x!)));
