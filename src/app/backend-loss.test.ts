import { describe, expect, it } from 'vitest';
import { lostBackend } from './backend-loss';

describe('a graphics card lost under a run', () => {
  it.each([
    ['Failed to execute mapAsync: Device is lost.', 'webgpu, NVIDIA'],
    ['GPUDevice lost: the driver was reset', 'WebGPU'],
    ['A valid external Instance reference no longer exists.', 'webgpu'],
    ['WebGL context lost', 'webgl'],
    ['CONTEXT_LOST_WEBGL: loseContext', 'webgl'],
  ])('"%s" on %s goes on with the processor', (message, backend) => {
    expect(lostBackend(new Error(message), backend)).toMatchObject({ next: 'wasm' });
  });
  it.each([
    ['Device is lost.', 'wasm, SIMD'],
    ['Device is lost.', null],
    ['The loss is not a number: it was lost to a large step.', 'webgpu'],
    ['Out of memory', 'webgpu'],
  ])('"%s" on %s stays a failure', (message, backend) => {
    expect(lostBackend(new Error(message), backend)).toBeNull();
  });
});
