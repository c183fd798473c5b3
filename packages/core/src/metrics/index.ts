export { psnr } from './psnr.ts';
export type { PsnrOptions } from './psnr.ts';
export { ssim } from './ssim.ts';
export type { SsimOptions, SsimVariant } from './ssim.ts';
export { alignedPsnr } from './aligned-psnr.ts';
export { findShift } from './find-shift.ts';
export type { FindShiftOptions, FoundShift } from './find-shift.ts';
export { comparePixels } from './compare-pixels.ts';
export type { PixelComparison } from './compare-pixels.ts';
