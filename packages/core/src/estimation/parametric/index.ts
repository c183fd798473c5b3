export { estimateParametricPsf } from './estimate-parametric-psf.ts';
export type { EstimateParametricPsfOptions, ParametricCandidate, ParametricEstimate } from './parametric-estimate.ts';
export type { ParametricKind, ParametricPsf } from './parametric-psf.ts';
