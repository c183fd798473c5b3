import { check, checkEqual } from '../assertions.ts';
import type { NamedTensors, Tensor } from '@deblur/core';

/** A float32 picture 1×3×height×width whose values, in [0,1), differ from pixel to pixel. */
export function makePicture(height: number, width: number, seed = 0): Tensor {
  const data = new Float32Array(3 * height * width);
  for (let i = 0; i < data.length; i++) data[i] = ((i * 7 + seed * 31) % 1021) / 1021;
  return { type: 'float32', dims: [1, 3, height, width], data };
}

/** The tensor of that name; fails when there is none. */
export function pick(tensors: NamedTensors, name: string): Tensor {
  const tensor = tensors[name];
  check(tensor, `There is no tensor ${name} among ${Object.keys(tensors).join(', ')}.`);
  return tensor;
}

/** Fails unless names, types, shapes and values agree; NaN equals NaN. */
export function checkTensors(actual: NamedTensors, expected: NamedTensors, tolerance: number): void {
  checkEqual(Object.keys(actual).sort().join(), Object.keys(expected).sort().join(), 'The list of outputs');
  for (const [name, tensor] of Object.entries(expected)) checkTensor(name, pick(actual, name), tensor, tolerance);
}

function checkTensor(name: string, actual: Tensor, expected: Tensor, tolerance: number): void {
  checkEqual(actual.type, expected.type, `The type of ${name}`);
  checkEqual(actual.dims.join('×'), expected.dims.join('×'), `The shape of ${name}`);
  checkEqual(actual.data.length, expected.data.length, `The number of elements of ${name}`);
  checkEqual(Object.prototype.toString.call(actual.data), Object.prototype.toString.call(expected.data), `The array of ${name}`);
  for (let i = 0; i < expected.data.length; i++) {
    const [got, wanted] = [Number(actual.data[i]), Number(expected.data[i])];
    const equal = Object.is(got, wanted) || Math.abs(got - wanted) <= (expected.type === 'float32' ? tolerance : 0);
    check(equal, `Element ${i} of ${name} is ${got}, expected ${wanted} ± ${tolerance}.`);
  }
}
