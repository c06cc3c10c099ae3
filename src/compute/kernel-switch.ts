/**
 * Our own kernels on or off. Off, every operation is composed of what TensorFlow.js ships, so that anybody can check on their own machine that
 * the fast path changes the seconds and not the results. No import here: the clock and the page's worker read it without loading an engine.
 */
let on = true;

/** Whether our kernels are used where they can be. */
export const ownKernels = (): boolean => on;

/** Takes effect with the next operation; tensors made before stay as they are. */
export function switchKernels(to: 'on' | 'off'): void {
  on = to === 'on';
}
