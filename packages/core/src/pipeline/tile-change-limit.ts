import type { ModelManifest } from '../models/manifest.ts';

/** Change of a tile that no deblurring explains. */
const changeLimit = 0.2;

/**
 * Root mean square change of a tile, in [0,1] units, beyond which what a network makes of it counts as exploded. A denoiser may change a tile by the
 * noise it was told of.
 */
export function tileChangeLimit({ task }: Pick<ModelManifest, 'task'>, parameters: Readonly<Record<string, number>>): number {
  return task === 'denoise' ? Math.max(changeLimit, 2 * Math.max(0, ...Object.values(parameters))) : changeLimit;
}
