import { valueGraphs } from './value-graphs.ts';
import { testPicture } from './test-picture.ts';
import type { ImageTensorSpec, ModelManifest } from '../manifest.ts';
import type { ImportModelOptions, ImportNote, ValueRange } from './import-options.ts';
import type { TrialNetwork } from './trial-network.ts';

/** PSNR in dB, [0,1] units, above which a result counts as the same picture. */
const plausible = 15;
/** dB by which another range must be better than [0,1]. */
const decisive = 6;

/**
 * Chooses the numbers in which a network takes pictures: what the caller says, else [0,1], unless the result resembles the
 * picture only in another range.
 */
export async function chooseRange(
  network: TrialNetwork, draft: ModelManifest, image: ImageTensorSpec, side: { readonly width: number; readonly height: number },
  options: ImportModelOptions, note: (note: ImportNote) => void,
): Promise<{ readonly range: ValueRange; readonly resemblance: Readonly<Partial<Record<ValueRange, number>>> }> {
  const { order = 'rgb', residual = false } = options;
  const pixels = testPicture(side.width, side.height, image.channels);
  const ranges: readonly ValueRange[] = image.type === 'uint8' ? ['0-255'] : options.range ? [options.range] : ['0-1', '0-255', '-1-1'];
  const resemblance: Partial<Record<ValueRange, number>> = {};
  for (const range of ranges) {
    const graphs = valueGraphs(image, draft.tensors.outputs[0].name, { range, order, residual });
    resemblance[range] = psnrTo(pixels, await network.restore({ ...draft, ...graphs }, pixels, side.width, side.height));
  }
  const [first, ...others] = ranges.map((range) => ({ range, value: resemblance[range]! }));
  const best = others.reduce((a, b) => (b.value > a.value ? b : a), first);
  const chosen = first.value < plausible && best.value >= Math.max(plausible, first.value + decisive) ? best : first;
  const figures = ranges.map((range) => `${name(range)} ${show(resemblance[range]!)}`).join(', ');
  if (image.type === 'uint8') note({ kind: 'measured', message: `Values are 8-bit whole numbers. The result resembles the picture: ${figures}.` });
  else if (options.range === undefined) {
    note({
      kind: 'assumed', option: 'range',
      message: `Values of ${name(chosen.range)} were assumed. Resemblance of result and picture by range: ${figures}.`,
    });
  }
  if (chosen.value < plausible) {
    note({
      kind: 'assumed', option: residual ? 'range' : 'residual',
      message: `The result does not resemble the picture (${show(chosen.value)}): ${residual ? 'perhaps it is no difference, or the range is another' : 'perhaps the network gives the difference to its input, or takes another range'}.`,
    });
  }
  return { range: chosen.range, resemblance };
}

function psnrTo(pixels: Uint8Array, restored: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < pixels.length; i++) squares += (restored[i] - pixels[i] / 255) ** 2;
  return Number.isFinite(squares) ? -10 * Math.log10(squares / pixels.length) : -Infinity;
}

function show(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} dB` : value > 0 ? 'the same' : 'not finite';
}

function name(range: ValueRange): string {
  return { '0-1': '[0, 1]', '0-255': '[0, 255]', '-1-1': '[−1, 1]' }[range];
}
