/**
 * Runs WGSL programs of ours on TensorFlow.js's WebGPU backend: on its tensors, in its command queue, between its own launches.
 *
 * Its public `runWebGPUProgram` binds one output and reads everything else, and writes a shader around the program; ours have several outputs and
 * some that change in place. So the pipeline is made here and handed to `recordAndSubmit`, the part of `runWebGPUProgram` that binds and queues.
 * A launch may bind 8 storage buffers: what every device allows, and all that TensorFlow.js asks its device for.
 */
import { getKernel, registerKernel, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';

type Values = Float32Array | Int32Array;
interface Pipeline {
  getBindGroupLayout(group: number): object;
}
interface Device {
  createShaderModule(source: { code: string; label: string }): object;
  createComputePipeline(what: { compute: { module: object; entryPoint: string }; layout: 'auto'; label: string }): Pipeline;
}
interface Uniform {
  type: 'float32' | 'int32' | 'uint32';
  data: number[];
}
/** The parts of tfjs's WebGPU backend used here. */
export interface Gpu {
  device: Device;
  /** `values`: what the processor still has of a tensor; an upload clears it, reading the tensor back fills it again. */
  tensorMap: { get(id: object): { values?: Values | null } };
  makeTensorInfo(shape: number[], dtype: 'float32' | 'int32', values?: Values): TensorInfo;
  uploadToGPU(id: object): void;
  disposeData(id: object): boolean;
  recordAndSubmit(program: object, output: TensorInfo, inputs: TensorInfo[], uniforms: Uniform[]): void;
}

type Scalar = 'f32' | 'i32' | 'u32';
const UNIFORM = { f32: 'float32', i32: 'int32', u32: 'uint32' } as const;
/** How many groups fit one dimension of a launch on any device. */
const MOST_GROUPS = 65535;
let mostGroups = MOST_GROUPS;
/** For tests: launches take a second dimension from so many groups on. */
export function splitLaunchesAt(groups = MOST_GROUPS): void {
  mostGroups = groups;
}

export interface Program {
  name: string;
  /** Tensors by the name the code uses. Written ones are bound for reading too. */
  writes: Readonly<Record<string, 'f32' | 'i32'>>;
  reads: Readonly<Record<string, 'f32' | 'i32'>>;
  /** Numbers, in the code `u.name`. */
  uniforms: Readonly<Record<string, Scalar>>;
  /** Threads of a group. */
  lanes: number;
  /** Declares fn run(group: u32, lane: u32), called in uniform control flow, so that it may hold barriers. */
  code: string;
}

/** A program whose `run(k: u32)` is called once for each k < u.n. */
export function eachElement(p: Omit<Program, 'lanes' | 'code'> & { code: string }): Program {
  return {
    ...p,
    uniforms: { n: 'u32', ...p.uniforms },
    lanes: 256,
    code: `${p.code}\nfn run(group: u32, lane: u32) { let k = group * 256u + lane; if (k < u.n) { element(k); } }`,
  };
}

function source(p: Program): string {
  const fields = Object.entries(p.uniforms).map(([name, type]) => `  ${name}: ${type},`);
  const bindings = [
    ...Object.entries(p.writes).map(([name, type]) => `var<storage, read_write> ${name}: array<${type}>;`),
    ...Object.entries(p.reads).map(([name, type]) => `var<storage, read> ${name}: array<${type}>;`),
    'var<uniform> u: Uniforms;',
  ];
  return `
struct Uniforms {
  strides: i32, // tfjs puts those of the output first
  groups: u32,
${fields.join('\n')}
}
${bindings.map((b, k) => `@group(0) @binding(${k}) ${b}`).join('\n')}
${p.code}
@compute @workgroup_size(${p.lanes})
fn main(@builtin(workgroup_id) at: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>, @builtin(local_invocation_index) lane: u32) {
  let group = at.y * count.x + at.x;
  if (group < u.groups) { run(group, lane); }
}`;
}

/** By device, so that a new one after a loss starts anew. */
const pipelines = new WeakMap<Device, Map<Program, Pipeline>>();
function pipelineOf(device: Device, p: Program): Pipeline {
  let known = pipelines.get(device);
  if (!known) pipelines.set(device, (known = new Map()));
  let pipeline = known.get(p);
  if (!pipeline) {
    const module = device.createShaderModule({ code: source(p), label: p.name });
    known.set(p, (pipeline = device.createComputePipeline({ compute: { module, entryPoint: 'main' }, layout: 'auto', label: p.name })));
  }
  return pipeline;
}

/** What was in integer tensors before they went to the GPU: who sums by index wants to sort them without waiting for a copy back. */
const integers = new WeakMap<object, Int32Array>();
export function integersOf(gpu: Gpu, t: TensorInfo): Int32Array | null {
  const known = integers.get(t.dataId);
  if (known) return known;
  const values = gpu.tensorMap.get(t.dataId).values;
  if (!values) return null;
  const copy = Int32Array.from(values);
  integers.set(t.dataId, copy);
  return copy;
}
/** For tests: as if the values had never been seen. */
export const forgetIntegers = (t: TensorInfo): boolean => integers.delete(t.dataId);

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Every tensor bound must have at least one element. @param groups how many groups of `lanes` threads; none is none */
export function launch(gpu: Gpu, p: Program, tensors: Readonly<Record<string, TensorInfo | undefined>>, numbers: Readonly<Record<string, number>>, groups: number): void {
  if (groups === 0) return;
  const bound = [...Object.keys(p.writes), ...Object.keys(p.reads)].map((name) => {
    const t = tensors[name];
    if (!t) throw new Error(`${p.name}: there is no tensor "${name}".`);
    if (p.reads[name] === 'i32') integersOf(gpu, t);
    gpu.uploadToGPU(t.dataId);
    return t;
  });
  for (const name of Object.keys(p.writes)) gpu.tensorMap.get(tensors[name]!.dataId).values = null;
  const x = Math.min(groups, mostGroups);
  const uniforms: Uniform[] = [
    { type: 'uint32', data: [groups] },
    ...Object.entries(p.uniforms).map(([name, type]) => ({ type: UNIFORM[type], data: [numbers[name]!] })),
  ];
  const [output, ...rest] = bound;
  const program = { pipeline: pipelineOf(gpu.device, p), dispatch: [x, Math.ceil(groups / x), 1], pixelsOpType: 0, size: false };
  gpu.recordAndSubmit(program, { ...output!, shape: [1] }, rest, uniforms);
}

/** For a program made by `eachElement`. */
export const launchEach = (gpu: Gpu, p: Program, tensors: Readonly<Record<string, TensorInfo | undefined>>, n: number, numbers: Readonly<Record<string, number>> = {}): void =>
  launch(gpu, p, tensors, { ...numbers, n }, Math.ceil(n / 256));

/** Uninitialised, or empty. */
export const make = (gpu: Gpu, shape: number[], dtype: 'float32' | 'int32' = 'float32'): TensorInfo =>
  gpu.makeTensorInfo(shape, dtype, sizeOf(shape) === 0 ? new Float32Array(0) : undefined);
export const zeros = (gpu: Gpu, shape: number[]): TensorInfo => gpu.makeTensorInfo(shape, 'float32', new Float32Array(sizeOf(shape)));
export function free(gpu: Gpu, ...tensors: readonly TensorInfo[]): void {
  for (const t of tensors) gpu.disposeData(t.dataId);
}

/** a b, or aᵀ b, or a bᵀ, plus a row: tfjs's own program. */
export function product(gpu: Gpu, a: TensorInfo, b: TensorInfo, form: { transposeA?: boolean; transposeB?: boolean; bias?: TensorInfo } = {}): TensorInfo {
  const { bias, transposeA = false, transposeB = false } = form;
  const kernel = getKernel('_FusedMatMul', 'webgpu')!;
  return kernel.kernelFunc({ inputs: { a, b, ...(bias ? { bias } : {}) }, backend: gpu, attrs: { transposeA, transposeB, activation: 'linear' } as unknown as NamedAttrMap }) as TensorInfo;
}

export type GpuKernel = (gpu: Gpu, inputs: Record<string, TensorInfo | undefined>, attrs: NamedAttrMap) => TensorInfo | TensorInfo[];
export const registerGpuKernel = (name: string, kernel: GpuKernel): void =>
  registerKernel({
    kernelName: name,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) => kernel(backend as Gpu, inputs as Record<string, TensorInfo | undefined>, attrs ?? {}),
  });
