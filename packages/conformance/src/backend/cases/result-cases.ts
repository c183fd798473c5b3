import { check, checkEqual } from '../../assertions.ts';
import { backendCase } from '../backend-case.ts';
import { bytes, convolution, fixed, half, identity, notANumber, parameter, sixToEight } from '../fixtures/fixtures.ts';
import { checkTensors, makePicture, pick } from '../tensors.ts';
import { inputsOf, outputsOf } from '../backend-context.ts';
import type { BackendCase } from '../backend-case.ts';
import type { StoredFixture } from '../fixtures/stored-fixture.ts';

function computes(fixture: StoredFixture, what: string): BackendCase {
  return backendCase(`computes ${what}`, async ({ open, tolerance }) => {
    const session = await open(fixture);
    for (let run = 0; run < fixture.runs.length; run++) {
      checkTensors(await session.run(inputsOf(fixture, run)), outputsOf(fixture, run), tolerance);
    }
  });
}

/** What comes out, against references computed by NumPy, and whose memory it is in. */
export const resultCases: readonly BackendCase[] = [
  computes(identity, 'the identity'),
  computes(convolution, 'a convolution on pictures of 7×9, 1×1 and 1×40'),
  computes(sixToEight, 'a convolution from 6 to 8 channels'),
  computes(fixed, 'a model of fixed size'),
  computes(parameter, 'a model with a scalar parameter'),
  computes(bytes, 'a model that takes bytes'),
  computes(half, 'a model that takes and gives float16'),
  computes(notANumber, 'NaN where the model makes it, unchanged'),
  backendCase('passes NaN and infinities through unchanged', async ({ open }) => {
    const input = { type: 'float32', dims: [1, 3, 1, 2], data: Float32Array.of(NaN, Infinity, -Infinity, 0, 1e38, -1e-38) } as const;
    const session = await open(identity);
    checkTensors(await session.run({ input }), { output: input }, 0);
  }),
  backendCase('computes a huge picture (2048×1536) and a very long one (20000×1)', async ({ open, tolerance }) => {
    const session = await open(parameter);
    for (const [height, width] of [[1536, 2048], [1, 20_000]] as const) {
      const input = makePicture(height, width);
      const output = pick(await session.run({ input, sigma: { type: 'float32', dims: [1], data: Float32Array.of(0.5) } }), 'output');
      checkEqual(output.dims.join('×'), input.dims.join('×'), 'The shape');
      const wrong = output.data.findIndex((value: number | bigint, i: number) => !(Math.abs(Number(value) - Number(input.data[i]) - 0.5) <= tolerance));
      checkEqual(wrong, -1, 'The first wrong element');
    }
  }),
  backendCase('leaves inputs usable and unchanged', async ({ open }) => {
    const session = await open(parameter);
    const inputs = inputsOf(parameter);
    await session.run(inputs);
    checkTensors(inputs, inputsOf(parameter), 0);
    checkTensors(await session.run(inputs), outputsOf(parameter), 1e-6);
  }),
  backendCase('takes inputs that are views into larger buffers', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const input = pick(inputsOf(convolution), 'input');
    const larger = new Float32Array(input.data.length + 30).fill(9);
    larger.set(input.data as Float32Array, 11);
    const view = larger.subarray(11, 11 + input.data.length);
    checkTensors(await session.run({ input: { ...input, data: view } }), outputsOf(convolution), tolerance);
    checkEqual(larger[0], 9, 'What stands before the view');
  }),
  backendCase('takes the values inputs have when run() is called', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const inputs = inputsOf(convolution);
    const results = [session.run(inputs), session.run(inputs)];
    (pick(inputs, 'input').data as Float32Array).fill(0);
    for (const result of await Promise.all(results)) checkTensors(result, outputsOf(convolution), tolerance);
  }),
  backendCase('gives outputs that belong to the caller', async ({ open, tolerance }) => {
    const session = await open(convolution);
    const first = await session.run(inputsOf(convolution));
    (pick(first, 'output').data as Float32Array).fill(7);
    const second = await session.run(inputsOf(convolution));
    checkTensors(second, outputsOf(convolution), tolerance);
    check(pick(first, 'output').data.every((value: number | bigint) => value === 7), 'A later run wrote into an earlier result.');
  }),
];
