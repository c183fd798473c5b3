import { ModelNotFoundError } from '../errors/index.ts';
import type { ModelManifest, Precision, WeightsFile } from './manifest.ts';

/**
 * The weights of a model in the precision asked for; without one, the first of the manifest.
 * @throws ModelNotFoundError listing the precisions there are
 */
export function chooseWeights({ id, version, files }: ModelManifest, precision?: Precision): WeightsFile {
  const chosen = precision === undefined ? files[0] : files.find((file) => file.precision === precision);
  if (chosen) return chosen;
  const available = files.map((file) => file.precision);
  throw new ModelNotFoundError(`Model ${id}@${version} has no ${precision} weights; it has ${available.join(', ')}.`, {
    details: { model: id, version, precision, available },
  });
}
