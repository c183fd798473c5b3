import { InvalidArgumentError } from '../errors/index.ts';
import { createNetworkProgram } from './network-program.ts';
import { readVerified } from '../models/read-verified.ts';
import type { OperationRegistry } from '../graph/operation-registry.ts';
import type { GoldenTile } from '../models/manifest.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { Session } from './backend.ts';

/** The golden tile of a model, read and verified. */
export interface GoldenSamples {
  readonly tile: GoldenTile;
  /** H×W×C interleaved, 8 bit. */
  readonly input: Uint8Array;
  /** Expected result at the sampled pixels, [0,1]. */
  readonly output: Float32Array;
}

/** Reads the golden tile of a model; undefined when the manifest has none. */
export async function readGoldenTile(model: ModelPackage): Promise<GoldenSamples | undefined> {
  const tile = model.manifest.golden;
  if (!tile) return undefined;
  const [input, output] = await Promise.all([readVerified(model.source, tile.input), readVerified(model.source, tile.output)]);
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  const samples = Float32Array.from({ length: output.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
  return { tile, input, output: samples };
}

/**
 * Runs a session on its model's golden tile.
 *
 * @returns PSNR in dB (peak 1) between the result and the stored one at the sampled pixels; −Infinity if not finite
 */
export async function measureGoldenTile(
  session: Session, model: ModelPackage, golden: GoldenSamples, operations: OperationRegistry,
): Promise<number> {
  const { width, height, parameters } = golden.tile;
  const channels = golden.input.length / (width * height);
  if (channels !== 1 && channels !== 3) {
    throw new InvalidArgumentError(`The golden tile of ${model.manifest.id} has ${channels} channels; 1 or 3 are possible.`);
  }
  const program = createNetworkProgram({
    session, manifest: model.manifest, operations, parameters: parameters ?? {},
    source: { channels, type: 'uint8', transfer: 'srgb' }, tile: { width, height },
  });
  const [result] = await program.run([golden.input]);
  return compareGoldenTile(golden, result);
}

/**
 * Compares a restored golden tile with the stored one.
 *
 * @param restored H×W×C as the golden tile's input, float32, nominal [0,1]; clamped here
 * @returns PSNR in dB (peak 1) at the sampled pixels; −Infinity if not finite
 */
export function compareGoldenTile({ tile: { width, height, stride, offset }, input, output }: GoldenSamples, restored: Float32Array): number {
  const channels = input.length / (width * height);
  let squares = 0;
  let index = 0;
  for (let y = offset; y < height; y += stride) {
    for (let x = offset; x < width; x += stride) {
      for (let c = 0; c < channels; c++) {
        const value = Math.min(1, Math.max(0, restored[(y * width + x) * channels + c]));
        const difference = value - output[index++];
        squares += difference * difference;
      }
    }
  }
  if (!Number.isFinite(squares)) return -Infinity;
  return squares === 0 ? Infinity : -10 * Math.log10(squares / index);
}
