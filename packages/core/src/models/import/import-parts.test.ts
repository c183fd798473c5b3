import { describe, expect, it } from 'vitest';
import { describeTensors } from './describe-tensors.ts';
import { findSizeRule } from './find-size-rule.ts';
import { haloOfReach, measureReach } from './measure-reach.ts';
import { testPicture } from './test-picture.ts';
import type { DeclaredTensor } from '../../runtime/check-loaded-tensors.ts';
import type { ImportModelOptions, ImportNote } from './import-options.ts';
import type { TrialNetwork } from './trial-network.ts';

const picture = (name: string, ...dims: readonly number[]): DeclaredTensor => ({ name, type: 'float32', dims });

describe('describeTensors', () => {
  const describeThem = (inputs: readonly DeclaredTensor[], options: ImportModelOptions = {}, notes: ImportNote[] = []) =>
    describeTensors({ inputs, outputs: [picture('y')], producer: '', opset: 17, externalData: false }, options, (note) => notes.push(note));

  it('tells layouts by where the channels are, and says when the file does not', () => {
    expect(describeThem([picture('x', 1, 3, 720, 1280)])).toMatchObject({ image: { layout: 'NCHW', channels: 3 }, fixed: { width: 1280, height: 720 } });
    expect(describeThem([picture('x', -1, 720, 1280, 1)])).toMatchObject({ image: { layout: 'NHWC', channels: 1 }, fixed: { width: 1280, height: 720 } });
    const notes: ImportNote[] = [];
    const open = describeThem([picture('x', -1, -1, -1, -1)], {}, notes);
    expect(open.image).toMatchObject({ layout: 'NCHW', channels: 3 });
    expect(open.fixed).toBeUndefined();
    expect(notes).toMatchObject([{ kind: 'assumed', option: 'layout' }]);
    expect(describeThem([picture('x', -1, -1, -1, -1)], { layout: 'NHWC' }).image.layout).toBe('NHWC');
  });

  it('asks which of several inputs is meant, and takes the one named', () => {
    const two = [picture('a', 1, 3, 64, 64), picture('b', 1, 1, 64, 64)];
    expect(() => describeThem(two)).toThrow(/Several inputs can be the picture: a .*, b .*inputName/);
    expect(() => describeThem(two, { inputName: 'b', parameters: { a: 1 } })).not.toThrow();
  });

  it.each<[string, DeclaredTensor[], RegExp]>([
    ['states of video networks', [picture('x', 1, 3, 64, 64), picture('state', 1, 64, -1, -1)], /state .*Such models cannot be imported/],
    ['inputs that are no picture', [picture('tokens', 1, 77)], /No input can be a picture/],
    ['element types it cannot carry', [{ name: 'x', type: 'float64', dims: [1, 3, 8, 8] }], /No input can be a picture.*float64/],
  ])('refuses %s', (_, inputs, message) => {
    expect(() => describeThem(inputs)).toThrow(message);
  });

  it('refuses weights in files of their own', () => {
    expect(() => describeTensors({ inputs: [], outputs: [], producer: '', opset: 1, externalData: true }, {}, () => undefined)).toThrow(/Save the model as one file/);
  });
});

describe('findSizeRule', () => {
  const network = (takes: (width: number, height: number) => boolean, tried: string[] = []): TrialNetwork => ({
    session: undefined as never,
    fittingOutputs: async (width, height) => (tried.push(`${width}x${height}`), takes(width, height) ? ['y'] : []),
    restore: async () => new Float32Array(),
  });

  it.each([
    [1, 8], [2, 10], [8, 24], [16, 16], [64, 64],
  ])('finds multiples of %i from %i on', async (step, minimum) => {
    const { size } = await findSizeRule(network((width, height) => width % step === 0 && height % step === 0 && Math.min(width, height) >= minimum));
    expect(size.multipleOf).toBe(step);
    expect(size.minimum).toBeGreaterThanOrEqual(minimum);
    expect(size.minimum).toBeLessThan(Math.max(2 * minimum + step, 17));
    expect(size.square).toBeUndefined();
  });

  it('finds that sides must be equal, that only large pictures work, or that none does', async () => {
    expect((await findSizeRule(network((width, height) => width === height && width % 4 === 0))).size).toMatchObject({ multipleOf: 4, square: true });
    expect((await findSizeRule(network((width, height) => Math.min(width, height) >= 300 && width % 16 === 0 && height % 16 === 0))).size).toMatchObject({ multipleOf: 16, minimum: 320 });
    await expect(findSizeRule(network(() => false))).rejects.toMatchObject({ code: 'model-failed' });
    expect((await findSizeRule(network(() => true), { width: 96, height: 64 })).size).toEqual({ minimum: 64, multipleOf: 32, fixed: { width: 96, height: 64 } });
  });
});

describe('the reach', () => {
  it('of a box of 7 pixels is 3', async () => {
    const box = async (pixels: Uint8Array, width: number, height: number): Promise<Float32Array> => new Float32Array(width * height).map((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      let sum = 0;
      for (let v = -3; v <= 3; v++) for (let u = -3; u <= 3; u++) sum += pixels[Math.min(height - 1, Math.max(0, y + v)) * width + Math.min(width - 1, Math.max(0, x + u))]! / 255 / 49;
      return sum;
    });
    const reach = await measureReach(box, 64, 48, 1);
    expect(reach).toHaveLength(36);
    expect(reach.slice(0, 3).every((change) => change > 1e-4)).toBe(true);
    expect(reach.slice(3).every((change) => change === 0)).toBe(true);
    expect(haloOfReach(reach, 1e-4)).toEqual({ halo: 3, farChange: 0, looksEverywhere: false });
  });

  it('says when the far end changes too, and takes what is not a number for a change', () => {
    const reach = Array.from({ length: 40 }, (_, distance) => 0.01 + 0.1 * Math.exp(-distance));
    expect(haloOfReach(reach, 0.002)).toMatchObject({ looksEverywhere: true, halo: 3 });
    expect(haloOfReach([0.5, Number.NaN, 0, 0, 0, 0, 0, 0], 0.1).halo).toBe(2);
    expect(haloOfReach(new Array<number>(8).fill(0), 0.1).halo).toBe(0);
  });
});

it('tests with a picture that stays away from black and white', () => {
  const pixels = testPicture(300, 200, 3);
  expect(pixels.reduce((least, value) => Math.min(least, value), 255)).toBeGreaterThan(20);
  expect(pixels.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(250);
});
