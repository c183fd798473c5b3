import { chooseWeights } from './choose-weights.ts';
import { readVerified } from './read-verified.ts';
import type { Precision, WeightsFile } from './manifest.ts';
import type { ModelPackage, ReadOptions } from './model-package.ts';

/** Weights and the manifest entry they answer to. */
export interface LoadedWeights {
  readonly file: WeightsFile;
  /** The ONNX file, verified. */
  readonly bytes: Uint8Array;
}

/**
 * Reads and verifies a model's weights.
 * @param precision default: the first of the manifest
 * @throws ModelNotFoundError if the model has no weights of that precision, and what `readVerified` throws
 */
export async function loadWeights(model: ModelPackage, precision?: Precision, options?: ReadOptions): Promise<LoadedWeights> {
  const file = chooseWeights(model.manifest, precision);
  return { file, bytes: await readVerified(model.source, file, options) };
}
