export { estimateBlurWidth } from './estimate-blur-width.ts';
