import type { Deblur } from '../../deblur.ts';
import { InvalidArgumentError } from '../../errors/invalid-argument-error.ts';
import type { ParameterTensorSpec } from '../../models/manifest.ts';
import { tierPreference } from '../../models/model-tiers.ts';
import type { ModelPackage } from '../../models/model-package.ts';
import type { ModelRegistry } from '../../models/model-registry.ts';
import type { RunOptions, RunResult } from '../../pipeline/run-options.ts';
import type { ProgressListener } from '../../runtime/progress.ts';
import type { Warning } from '../../runtime/warning.ts';
import type { Denoiser } from './denoiser.ts';

/** Which network denoises, and how it runs. */
export interface NetworkDenoiserOptions extends Pick<RunOptions, 'precision' | 'provider' | 'threads' | 'tile' | 'memory' | 'selfCheck'> {
  /**
   * A model of task `denoise` with a parameter `sigma`: id, tier or package. `auto` (default) is the registry's choice, `ffdnet-color` of
   * `@deblur/models`; so is a tier without a denoiser.
   */
  readonly model?: string | ModelPackage;
  /** Told of each warning once. */
  readonly onWarning?: (warning: Warning) => void;
  /** Told of the stages `download` and `load`. */
  readonly onProgress?: ProgressListener;
}

/** A denoising network behind a client. */
export interface NetworkDenoiser extends Denoiser {
  readonly model: { readonly id: string; readonly version: string };
  /** Backend and provider that ran it last; absent before the first call. */
  readonly backend?: RunResult['backend'];
}

/**
 * A denoising network as a `Denoiser`. Pictures go through the client's `run`: cut into tiles where they are large, with a session that
 * stays warm from call to call. Values are handed to the network as they are, whatever space they are in.
 *
 * @param client a client, or the two members of it that are needed
 * @throws InvalidArgumentError if the model is not such a denoiser; ModelNotFoundError. Calls throw what `run` throws.
 */
export function createNetworkDenoiser(client: Pick<Deblur, 'run' | 'models'>, options: NetworkDenoiserOptions = {}): NetworkDenoiser {
  const { model: wanted, onWarning, onProgress, ...how } = options;
  const model = typeof wanted === 'object' ? wanted : findDenoiser(client.models, wanted);
  const { id, version, task, tensors } = model.manifest;
  const sigma = tensors.inputs.find((tensor): tensor is ParameterTensorSpec => tensor.role === 'parameter' && tensor.name === 'sigma');
  if (task !== 'denoise' || !sigma) {
    throw new InvalidArgumentError(
      `Model ${id} cannot serve as a denoiser: that takes task 'denoise' and a parameter 'sigma'. Use ffdnet-color from @deblur/models.`,
    );
  }
  const told = new Set<string>();
  let backend: RunResult['backend'];
  return {
    model: { id, version },
    noiseRange: { minimum: sigma.minimum, maximum: sigma.maximum },
    get backend() {
      return backend;
    },
    async denoise({ width, height, data }, level, { signal } = {}) {
      const result = await client.run({ width, height, channels: 3, data, transfer: 'srgb' }, {
        ...how, method: 'network', model, parameters: { sigma: level }, signal,
        onProgress: onProgress && ((event): void => {
          if (event.stage !== 'restore') onProgress(event);
        }),
      });
      backend = result.backend;
      for (const warning of result.warnings) {
        if (told.has(warning.message)) continue;
        told.add(warning.message);
        onWarning?.(warning);
      }
      return result.image!.data as Float32Array;
    },
  };
}

function findDenoiser(models: ModelRegistry, name = 'auto'): ModelPackage {
  const tasks = ['denoise'] as const;
  const tier = tierPreference.find((candidate) => candidate === name);
  if (tier === undefined && name !== 'auto') return models.find(name);
  const [best] = tier === undefined ? [] : models.rank({ tasks, tier });
  return best?.suitable ? best.model : models.select({ tasks });
}
