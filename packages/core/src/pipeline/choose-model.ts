import { ModelNotFoundError } from '../errors/index.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { ModelRegistry } from '../models/model-registry.ts';

/**
 * Finds the model a call asks for; `auto` is the registry's choice among models that remove blur.
 * @throws ModelNotFoundError
 */
export function chooseModel(models: ModelRegistry, wanted: string | ModelPackage): ModelPackage {
  if (typeof wanted !== 'string') return wanted;
  if (models.list().length === 0) {
    throw new ModelNotFoundError(
      'No model is registered. Add a model package to createDeblur(), such as builtinModels() from @deblur/models, or pass one as `model`.',
    );
  }
  if (wanted !== 'auto') return models.find(wanted);
  return models.select({ tasks: ['motion', 'general', 'defocus'] });
}
