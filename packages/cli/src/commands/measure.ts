import { alignedPsnr, psnr, ssim } from '@deblur/core';
import { exitCodes } from '../exit-codes.ts';
import type { Deblur } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur measure`, as parsed. */
export interface MeasureCommandOptions {
  /** Pixels left out at each edge. */
  readonly crop: number;
  /** Also search for the shift that fits best. */
  readonly align: boolean;
  readonly json: boolean;
}

/** Compares a picture with its reference. */
export async function measureCommand(
  client: Deblur, reference: string, image: string, options: MeasureCommandOptions, { stdout }: Streams,
): Promise<ExitCode> {
  const [expected, actual] = [await client.read(reference), await client.read(image)];
  const { crop } = options;
  const figures = {
    psnr: psnr(actual, expected, { crop }),
    ...(options.align && { psnrAligned: alignedPsnr(actual, expected, { crop }) }),
    ssim: ssim(actual, expected, { variant: 'wang', crop }),
    ssimWangLuma: ssim(actual, expected, { variant: 'wang-luma', crop }),
    ssimSkimageDefault: ssim(actual, expected, { variant: 'skimage-default', crop }),
    ssimMatlabRgb: ssim(actual, expected, { variant: 'matlab-rgb', crop }),
  };
  if (options.json) {
    // JSON has no infinity: identical pictures are reported as null with `identical: true`.
    stdout.write(`${JSON.stringify({ command: 'measure', reference, image, crop, identical: figures.psnr === Infinity, ...figures }, null, 2)}\n`);
    return exitCodes.success;
  }
  const lines: [string, number, string][] = [
    ['PSNR', figures.psnr, 'dB'],
    ...(figures.psnrAligned === undefined ? [] : [['PSNR, aligned', figures.psnrAligned, 'dB'] as [string, number, string]]),
    ['SSIM (Wang 2004, channel mean)', figures.ssim, ''],
    ['SSIM (Wang 2004, luma)', figures.ssimWangLuma, ''],
    ['SSIM (scikit-image default)', figures.ssimSkimageDefault, ''],
    ['SSIM (MATLAB RGB)', figures.ssimMatlabRgb, ''],
  ];
  for (const [name, value, unit] of lines) stdout.write(`${name.padEnd(32)} ${unit ? value.toFixed(2) : value.toFixed(4)} ${unit}\n`);
  return exitCodes.success;
}
