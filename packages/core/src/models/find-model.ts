import { InvalidArgumentError, ModelNotFoundError } from '../errors/index.ts';
import { closestName } from './closest-name.ts';
import { compareVersions, isPrerelease, isVersionRange, satisfiesRange } from './semantic-version.ts';
import { deblurTasks, nearTiers, tierPreference } from './model-tiers.ts';
import { rankModels } from './rank-models.ts';
import { selectModel } from './select-model.ts';
import type { ModelTier } from './manifest.ts';
import type { ModelPackage } from './model-package.ts';

/**
 * Finds a model by id, `id@range`, tier or `auto`. A tier of which there is no model stands for the nearest one. Without a range the newest release wins, or the newest pre-release when
 * there is no release.
 * @throws ModelNotFoundError, InvalidArgumentError
 */
export function findModel(models: readonly ModelPackage[], wanted: string, versionRange?: string): ModelPackage {
  const [id, range] = splitName(wanted, versionRange);
  if (range === undefined && id === 'auto') return selectModel(models, { tasks: deblurTasks });
  if (range === undefined && isTier(id)) return selectModel(models, { tier: nearestTier(models, id), tasks: deblurTasks });
  const named = models.filter(({ manifest }) => manifest.id === id);
  if (named.length === 0) throw unknownModel(models, id);

  const fitting = named.filter(({ manifest }) => range === undefined || satisfiesRange(manifest.version, range));
  const releases = fitting.filter(({ manifest }) => !isPrerelease(manifest.version));
  const newest = (releases.length > 0 ? releases : fitting)
    .reduce<ModelPackage | undefined>((best, model) => (best && compareVersions(best.manifest.version, model.manifest.version) >= 0 ? best : model), undefined);
  if (newest) return newest;
  const versions = named.map(({ manifest }) => manifest.version);
  throw new ModelNotFoundError(`No version of model ${id} is in the range ${range}; registered: ${versions.join(', ')}.`, {
    details: { model: id, range, versions },
  });
}

function splitName(wanted: string, versionRange: string | undefined): [id: string, range: string | undefined] {
  const at = wanted.indexOf('@');
  if (at !== -1 && versionRange !== undefined) {
    throw new InvalidArgumentError(`The version of model ${wanted} is given twice: in its name and as ${versionRange}. Leave one out.`);
  }
  const id = at === -1 ? wanted : wanted.slice(0, at);
  const range = at === -1 ? versionRange : wanted.slice(at + 1);
  if (range !== undefined && !isVersionRange(range)) {
    throw new InvalidArgumentError(
      `"${range}" is not a version of model ${id} one can ask for; write a full version such as ${id}@1.0.0 or a caret range such as ${id}@^1.0.0.`,
      { details: { model: id, range } },
    );
  }
  return [id, range];
}

/** The tier asked for, or the one nearest to it of which there is a model. */
function nearestTier(models: readonly ModelPackage[], tier: ModelTier): ModelTier {
  const has = (candidate: ModelTier): boolean => rankModels(models, { tier: candidate, tasks: deblurTasks }).some(({ suitable }) => suitable);
  return nearTiers[tier].find(has) ?? tier;
}

function isTier(name: string): name is ModelTier {
  return tierPreference.some((tier) => tier === name);
}

function unknownModel(models: readonly ModelPackage[], id: string): ModelNotFoundError {
  const ids = [...new Set(models.map(({ manifest }) => manifest.id))];
  const closest = closestName(id, ids);
  const available = models.map(({ manifest }) => `${manifest.id}@${manifest.version}`);
  const advice = available.length === 0
    ? 'None is registered; add a model package such as @deblur/models'
    : `${closest === undefined ? '' : `Did you mean ${closest}? `}Registered: ${available.join(', ')}`;
  return new ModelNotFoundError(`There is no model "${id}". ${advice}.`, { details: { model: id, available, closest } });
}
