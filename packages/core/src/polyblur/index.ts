export { estimateMildBlur } from './estimate-mild-blur.ts';
export type { MildBlur } from './mild-blur.ts';
export { createPolyblurRestorer } from './polyblur-restorer.ts';
export type { PolyblurRestorerOptions } from './polyblur-restorer.ts';
export { polyblur } from './polyblur.ts';
export type { PolyblurOptions, PolyblurResult } from './polyblur.ts';
export type { ReblurOptions } from './polyblur-options.ts';
