import { InvalidArgumentError } from '../errors/index.ts';
import type { ModelManifest, ParameterTensorSpec } from '../models/manifest.ts';

/**
 * Checks the caller's parameters against those the model has.
 * @throws InvalidArgumentError naming the parameter and what the model takes
 */
export function checkParameters(manifest: ModelManifest, parameters: Readonly<Record<string, number>>): void {
  const known = manifest.tensors.inputs.filter((tensor): tensor is ParameterTensorSpec => tensor.role === 'parameter');
  for (const [name, value] of Object.entries(parameters)) {
    const spec = known.find((tensor) => tensor.name === name);
    if (!spec) {
      const names = known.map((tensor) => tensor.name).join(', ');
      throw new InvalidArgumentError(`Model ${manifest.id} has no parameter '${name}'; ${names ? `it takes ${names}` : 'it takes none'}.`);
    }
    if (value < spec.minimum || value > spec.maximum) {
      throw new InvalidArgumentError(
        `Parameter '${name}' of ${manifest.id} is ${value}; it must be from ${spec.minimum} to ${spec.maximum} (${spec.description}).`,
      );
    }
  }
}
