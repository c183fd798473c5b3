export { maximModels } from './maxim-models.ts';
export { maximS2Manifest } from './maxim-s2.ts';
