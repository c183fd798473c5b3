export { builtinModels } from './builtin-models.ts';
export { ffdnetColorManifest } from './ffdnet-color.ts';
export { maximS1Manifest } from './maxim-s1.ts';
export { zooManifests, zooModels } from './zoo-models.ts';
