export { instantiateKernels } from './instantiate-kernels.ts';
export { createKernelMemory } from './kernel-memory.ts';
export type { KernelBlock, KernelMemory } from './kernel-memory.ts';
