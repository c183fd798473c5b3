import nafnetGopro from '../manifests/nafnet-gopro.json' with { type: 'json' };
import nafnetReds from '../manifests/nafnet-reds.json' with { type: 'json' };
import type { DeblurPlugin, FileAccess, ModelManifest, ModelPackage } from '@deblur/core';

/** Manifests of public networks that are not part of this package: each says where its file is, how large, and its hash. */
export const zooManifests: readonly ModelManifest[] = [nafnetGopro as ModelManifest, nafnetReds as ModelManifest];

/**
 * Public networks by name, to be downloaded: `nafnet-gopro` and `nafnet-reds`. Nothing is fetched before a run names one, and
 * neither `auto` nor a tier chooses an unverified one; its results carry the warning `model-unverified`. The backend's file
 * access downloads, checks and keeps the files.
 *
 * @example
 * ```ts
 * const deblur = createDeblur({ plugins: [nodeBackend(), sharpCodec(), builtinModels(), zooModels()] });
 * const result = await deblur.run('photo.jpg', { model: 'nafnet-gopro' });
 * ```
 */
export function zooModels(): DeblurPlugin {
  return { specificationVersion: 1, id: 'zoo', models: (files) => zooManifests.map((manifest) => zooModel(manifest, files)) };
}

function zooModel(manifest: ModelManifest, files: FileAccess): ModelPackage {
  return {
    manifest,
    source: {
      location: 'network',
      async read(file, options): Promise<Uint8Array> {
        const [first, ...mirrors] = (file.urls ?? []).map((url) => new URL(url));
        return files.read(first, { ...options, mirrors });
      },
    },
  };
}
