export { importModel } from './import-model.ts';
export type { OnnxFile } from './draft-manifest.ts';
export type { ImportedModel, ImportMeasurements, ImportModelOptions, ImportNote, ValueRange } from './import-options.ts';
