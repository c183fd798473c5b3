export { changeMap } from './change-map.ts';
export { occlusionMap } from './occlusion-map.ts';
export { strongestPlace } from './strongest-place.ts';
export type { OcclusionMap, OcclusionOptions } from './occlusion-map.ts';
export type { PixelPosition } from './strongest-place.ts';
export type { ScalarMap } from './scalar-map.ts';
