export type { BlindEstimate, BlindOptions } from './blind-estimate.ts';
export { estimateBlindPsf } from './estimate-blind-psf.ts';
export { estimatePsfGrid } from './estimate-psf-grid.ts';
export type { PsfGridEstimate, PsfGridOptions } from './estimate-psf-grid.ts';
