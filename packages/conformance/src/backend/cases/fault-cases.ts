import { checkRejects } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import { bytes, convolution, failing, fixed, greedy, parameter } from '../fixtures/fixtures.ts';
import { checkTensors, makePicture, pick } from '../tensors.ts';
import { inputsOf, outputsOf } from '../backend-context.ts';
import type { BackendCase } from '../backend-case.ts';
import type { Tensor } from '@deblur/core';

const wholeSigma: Tensor = { type: 'float32', dims: [1], data: Float32Array.of(0.5) };

/** Wrong calls and failing runs, and that they harm nothing else. */
export const faultCases: readonly BackendCase[] = [
  backendCase('refuses missing and unknown tensors with ModelError naming them', async ({ open }) => {
    const session = await open(parameter);
    const input = makePicture(2, 2);
    await checkRejects(session.run({ input }), 'model-failed', 'sigma');
    await checkRejects(session.run({}), 'model-failed', 'input', 'sigma');
    await checkRejects(session.run({ input, sigma: wholeSigma, mask: input }), 'model-failed', 'mask');
  }),
  backendCase('refuses wrong element types with ModelError naming the tensor and the type', async ({ open }) => {
    const floats = await open(convolution);
    const asBytes: Tensor = { type: 'uint8', dims: [1, 3, 2, 2], data: new Uint8Array(12) };
    await checkRejects(floats.run({ input: asBytes }), 'model-failed', 'input', 'uint8', 'float32');
    await checkRejects((await open(bytes)).run({ input: makePicture(2, 2) }), 'model-failed', 'input', 'float32', 'uint8');
    await checkRejects(floats.run({ input: { ...asBytes, type: 'float32' } }), 'model-failed', 'input');
  }),
  backendCase('refuses wrong shapes with ModelError naming the tensor and both shapes', async ({ open }) => {
    const session = await open(convolution);
    const data = new Float32Array(12);
    await checkRejects(session.run({ input: { type: 'float32', dims: [3, 2, 2], data } }), 'model-failed', 'input', '3×2×2', '1×3×?×?');
    await checkRejects(session.run({ input: { type: 'float32', dims: [1, 1, 3, 4], data } }), 'model-failed', 'input', '1×1×3×4');
    await checkRejects(session.run({ input: { type: 'float32', dims: [1, 3, 2, 3], data } }), 'model-failed', 'input', '12', '18');
    await checkRejects(session.run({ input: { type: 'float32', dims: [1, 3, 0, 4], data: new Float32Array(0) } }), 'model-failed', 'input');
    await checkRejects(session.run({ input: { type: 'float32', dims: [1, 3, 1.5, 2], data } }), 'model-failed', 'input');
  }),
  backendCase('refuses a size other than the fixed one with ModelError naming both', async ({ open }) => {
    await checkRejects((await open(fixed)).run({ input: makePicture(8, 16) }), 'model-failed', 'input', '1×3×8×16', '1×3×16×16');
  }),
  backendCase('reports a failing operator as ModelError and runs on', async ({ open, tolerance }) => {
    const session = await open(failing);
    for (let round = 0; round < 3; round++) {
      await checkRejects(session.run({ input: makePicture(4, 4) }), 'model-failed');
      checkTensors(await session.run(inputsOf(failing)), outputsOf(failing), tolerance);
    }
  }),
  backendCase('keeps concurrent calls unharmed by a failing one', async ({ open, tolerance }) => {
    const session = await open(failing);
    const good = [session.run(inputsOf(failing))];
    const bad = checkRejects(session.run({ input: makePicture(5, 5) }), 'model-failed');
    good.push(session.run(inputsOf(failing)), session.run(inputsOf(failing)));
    await bad;
    for (const result of await Promise.all(good)) checkTensors(result, outputsOf(failing), tolerance);
  }),
  backendCase('reports exhausted memory as OutOfMemoryError and runs on', async ({ open, tolerance }) => {
    const session = await open(greedy);
    const input = pick(inputsOf(greedy), 'input');
    // 3 × 4 bytes × (4 million)² = 192 TB: more than a process can address.
    const side: Tensor = { type: 'int64', dims: [1], data: BigInt64Array.of(4_000_000n) };
    await checkRejects(session.run({ input, side }), 'out-of-memory');
    checkTensors(await session.run(inputsOf(greedy)), outputsOf(greedy), tolerance);
  }),
];
