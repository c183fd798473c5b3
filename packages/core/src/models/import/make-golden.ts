import { sha256 } from '../sha256.ts';
import { testPicture } from './test-picture.ts';
import type { FileReference, GoldenTile } from '../manifest.ts';

/** A golden tile and the content of its two files. */
export interface MadeGolden {
  readonly golden: GoldenTile;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/**
 * Stores what a network makes of the test picture, as the golden tile of its manifest.
 * @param minimumPsnr dB below which a provider counts as wrong
 */
export async function makeGolden(
  id: string, { width, height }: { readonly width: number; readonly height: number }, channels: number, minimumPsnr: number,
  restore: (pixels: Uint8Array, width: number, height: number) => Promise<Float32Array>,
): Promise<MadeGolden> {
  const input = testPicture(width, height, channels);
  const result = await restore(input, width, height);
  const stride = Math.max(width, height) > 128 ? 4 : 2;
  const samples: number[] = [];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      for (let c = 0; c < channels; c++) samples.push(Math.min(1, Math.max(0, result[(y * width + x) * channels + c])));
    }
  }
  const output = new Uint8Array(samples.length * 4);
  const view = new DataView(output.buffer);
  samples.forEach((value, index) => view.setFloat32(index * 4, value, true));
  const files = { [`${id}.golden-input.u8`]: input, [`${id}.golden-output.f32`]: output };
  const [first, second] = await Promise.all(Object.entries(files).map(async ([path, bytes]): Promise<FileReference> => ({
    path, bytes: bytes.length, sha256: await sha256(bytes),
  })));
  return { golden: { width, height, input: first, output: second, stride, offset: 0, minimumPsnr }, files };
}
