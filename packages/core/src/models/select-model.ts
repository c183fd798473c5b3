import { ModelNotFoundError } from '../errors/index.ts';
import { rankModels } from './rank-models.ts';
import type { ModelPackage } from './model-package.ts';
import type { ModelRequirements } from './rank-models.ts';

/**
 * The model that meets the requirements best.
 * @throws ModelNotFoundError saying of each model what it misses
 */
export function selectModel(models: readonly ModelPackage[], requirements: ModelRequirements): ModelPackage {
  const ranked = rankModels(models, requirements);
  const [best] = ranked;
  if (best?.suitable) return best.model;
  const reasons = ranked.map(({ model, reasons: missed }) => `${model.manifest.id}@${model.manifest.version}: ${missed.join(', ')}`);
  throw new ModelNotFoundError(
    `No model meets the requirements (${describe(requirements)}). `
    + `${reasons.length === 0 ? 'None is registered; add a model package such as @deblur/models' : reasons.join('; ')}.`,
    { details: { requirements, reasons } },
  );
}

function describe({ tasks, tier, memoryBytes, maximumMacPerPixel }: ModelRequirements): string {
  const parts = [
    tasks && `task ${tasks.join(' or ')}`,
    tier && `tier ${tier}`,
    memoryBytes !== undefined && `at most ${memoryBytes} bytes of memory`,
    maximumMacPerPixel !== undefined && `at most ${maximumMacPerPixel} multiply–accumulates per pixel`,
  ];
  return parts.filter(Boolean).join(', ') || 'none';
}
