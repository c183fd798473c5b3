import { checkParameters } from './check-parameters.ts';
import { chooseModel } from './choose-model.ts';
import { leaseSession } from './lease-session.ts';
import { createNetworkRestorer } from './network-restorer.ts';
import type { PipelineContext } from './pipeline-context.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import type { RunOptions } from './run-options.ts';
import { tierPreference } from '../models/model-tiers.ts';
import type { ModelManifest } from '../models/manifest.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { StateMemory } from '../runtime/state-memory.ts';
import type { Warning } from '../runtime/warning.ts';

/**
 * The model a call asks for.
 * @throws ModelNotFoundError; InvalidArgumentError if it does not take the call's parameters
 */
export function modelOf({ models }: PipelineContext, options: RunOptions): ModelPackage {
  const model = chooseModel(models, options.model ?? 'auto');
  checkParameters(model.manifest, options.parameters ?? {});
  return model;
}

/** A network with a session of the client's pool, and a memory if it is to carry states from frame to frame. */
export async function prepareNetwork(
  context: PipelineContext, options: RunOptions, warn: (warning: Warning) => void, memory?: StateMemory,
): Promise<PreparedRestorer> {
  const model = modelOf(context, options);
  const { manifest } = model;
  const { lease, backend, timings } = await leaseSession(context, model, options);
  lease.warnings.forEach(warn);
  for (const warning of modelWarnings(manifest, options.model)) warn(warning);
  const restorer = createNetworkRestorer({
    lease, manifest, operations: context.operations, parameters: options.parameters ?? {}, warn, memory,
  });
  return {
    restorer,
    timings,
    describe: () => ({
      model: { id: manifest.id, version: manifest.version },
      backend: { id: backend.id, provider: restorer.lease.session.provider },
    }),
    release: () => restorer.lease.release(),
  };
}

/** What the caller should know of the model that was taken. */
function* modelWarnings(manifest: ModelManifest, wanted: RunOptions['model']): Iterable<Warning> {
  const { id, version, tier, verification } = manifest;
  if (verification === 'unverified') {
    yield {
      code: 'model-unverified',
      message: `${id}@${version} was never run by this project: its tensors, tile size and quality are what its publisher says. Compare its results with the source.`,
      details: { model: id, version },
    };
  }
  if (tierPreference.some((name) => name === wanted) && wanted !== tier) {
    yield { code: 'option-changed', message: `There is no model of tier ${String(wanted)}; ${id} (${tier}) was used.`, details: { wanted, model: id, tier } };
  }
}
