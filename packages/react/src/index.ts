export { BeforeAfter } from './before-after.tsx';
export type { BeforeAfterProps } from './before-after.tsx';
export type { PictureSource } from './picture-source.ts';
export { useDeblur } from './use-deblur.ts';
export type { CallOptions, DeblurClient, DeblurRun, DeblurStatus, UseDeblurOptions } from './use-deblur.ts';
