import { InvalidArgumentError } from '../errors/index.ts';
import { findModel } from './find-model.ts';
import { rankModels } from './rank-models.ts';
import { selectModel } from './select-model.ts';
import { validateManifest } from './validate-manifest.ts';
import type { ModelPackage } from './model-package.ts';
import type { ModelRequirements, RankedModel } from './rank-models.ts';
import type { ValidateManifestOptions } from './validate-manifest.ts';

/** The models a client knows. */
export interface ModelRegistry {
  /**
   * Adds a model. The same id and version with the same weights is taken once; the first one stays.
   * @throws ManifestError if the manifest is not valid
   * @throws InvalidArgumentError if another model has this id and version
   */
  register(model: ModelPackage): void;
  /** All models, in the order they were registered. */
  list(): readonly ModelPackage[];
  /**
   * Finds a model by name: an id (`maxim-s1`, newest release), an id and version (`maxim-s1@1.0.0`, `maxim-s1@^1.0.0`),
   * a tier (`fast`, `default`, `quality`) for the preferred deblurring model of that tier or, if it has none, of the nearest one,
   * or `auto` for the preferred deblurring model of all.
   * @param versionRange the version apart from the name: `1.0.0` or `^1.0.0`
   * @throws ModelNotFoundError listing what there is
   * @throws InvalidArgumentError for a range of another form
   */
  find(name: string, versionRange?: string): ModelPackage;
  /**
   * The model that meets requirements best; `rank()` says why.
   * @throws ModelNotFoundError saying of each model what it misses
   */
  select(requirements?: ModelRequirements): ModelPackage;
  /** All models, the best for the requirements first, each with reasons. */
  rank(requirements?: ModelRequirements): readonly RankedModel[];
}

/** Creates an empty registry. `options` apply to every manifest that is registered. */
export function createModelRegistry(options: Pick<ValidateManifestOptions, 'checkGraphs'> = {}): ModelRegistry {
  const models: ModelPackage[] = [];
  return {
    register(model): void {
      const { id, version } = validateManifest(model.manifest, { ...options, location: model.manifest?.id });
      const twin = models.find(({ manifest }) => manifest.id === id && manifest.version === version);
      if (!twin) {
        models.push(model);
      } else if (weightsOf(twin) !== weightsOf(model)) {
        throw new InvalidArgumentError(
          `Two different models are called ${id}@${version}: from ${twin.source.location} and from ${model.source.location}. `
          + 'Give one another id or version, or register only one.',
          { details: { model: id, version, locations: [twin.source.location, model.source.location] } },
        );
      }
    },
    list: () => [...models],
    find: (name, versionRange) => findModel(models, name, versionRange),
    select: (requirements = {}) => selectModel(models, requirements),
    rank: (requirements = {}) => rankModels(models, requirements),
  };
}

function weightsOf({ manifest }: ModelPackage): string {
  return manifest.files.map(({ sha256 }) => sha256).sort().join();
}
