import { compareVersions, isPrerelease } from './semantic-version.ts';
import { tierPreference } from './model-tiers.ts';
import type { ModelManifest, ModelTask, ModelTier } from './manifest.ts';
import type { ModelPackage } from './model-package.ts';

/** What a model must meet to be chosen. Whatever is left out does not matter. */
export interface ModelRequirements {
  /** It undoes one of these; earlier ones are preferred. */
  readonly tasks?: readonly ModelTask[];
  readonly tier?: ModelTier;
  /** Its smallest tile fits into this many bytes. */
  readonly memoryBytes?: number;
  /** It takes at most this many multiply–accumulates per pixel. */
  readonly maximumMacPerPixel?: number;
}

/** A model and how it meets a choice's requirements. */
export interface RankedModel {
  readonly model: ModelPackage;
  /** Whether it meets all of them. */
  readonly suitable: boolean;
  /** For a suitable model what speaks for it, for another one each requirement it misses. */
  readonly reasons: readonly string[];
}

/**
 * Orders models by how well they meet requirements: suitable ones first, among them by tier (`default`, `quality`,
 * `fast`), by place of their task in `tasks`, releases before pre-releases, newer versions of one model before older
 * ones, and otherwise in the order given.
 */
export function rankModels(models: readonly ModelPackage[], requirements: ModelRequirements): readonly RankedModel[] {
  return models
    .map((model) => rank(model, requirements))
    .sort((a, b) => Number(b.suitable) - Number(a.suitable) || compareModels(a.model.manifest, b.model.manifest, requirements.tasks ?? []));
}

function compareModels(a: ModelManifest, b: ModelManifest, tasks: readonly ModelTask[]): number {
  return tierPreference.indexOf(a.tier) - tierPreference.indexOf(b.tier)
    || tasks.indexOf(a.task) - tasks.indexOf(b.task)
    || Number(isPrerelease(a.version)) - Number(isPrerelease(b.version))
    || (a.id === b.id ? compareVersions(b.version, a.version) : 0);
}

function rank(model: ModelPackage, { tasks, tier, memoryBytes, maximumMacPerPixel }: ModelRequirements): RankedModel {
  const { manifest } = model;
  const met: string[] = [];
  const missed: string[] = [];
  const ask = (isMet: boolean, reason: string): unknown => (isMet ? met : missed).push(reason);

  if (manifest.verification === 'unverified') missed.push('it is unverified and runs only when named');
  if (tasks) ask(tasks.includes(manifest.task), `its task is ${manifest.task}`);
  if (tier) ask(manifest.tier === tier, `its tier is ${manifest.tier}`);
  else met.push(`its tier is ${manifest.tier}`);
  if (memoryBytes !== undefined) {
    const needed = smallestMemory(manifest);
    ask(needed !== undefined && needed <= memoryBytes,
      needed === undefined ? 'its manifest states no memory' : `it needs ${megabytes(needed)} of ${megabytes(memoryBytes)}`);
  }
  if (maximumMacPerPixel !== undefined) {
    const { macPerPixel } = manifest;
    ask(macPerPixel !== undefined && macPerPixel <= maximumMacPerPixel,
      macPerPixel === undefined ? 'its manifest states no macPerPixel' : `it takes ${macPerPixel} multiply–accumulates per pixel of at most ${maximumMacPerPixel}`);
  }
  return missed.length > 0 ? { model, suitable: false, reasons: missed } : { model, suitable: true, reasons: met };
}

/** Bytes a session takes for the smallest tile that can be advanced; undefined when not measured. */
function smallestMemory({ memory, size, overlap }: ModelManifest): number | undefined {
  if (!memory) return undefined;
  const side = Math.ceil(Math.max(size.minimum, overlap + 1) / size.multipleOf) * size.multipleOf;
  const pixels = size.fixed ? size.fixed.width * size.fixed.height : side * side;
  return memory.fixedBytes + memory.bytesPerPixel * pixels;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
