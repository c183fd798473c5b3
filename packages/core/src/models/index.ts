export type {
  FileReference, GoldenTile, ImageLayout, ImageTensorSpec, InputTensorSpec, Licence, MeasuredMetric, ModelManifest, ModelTask,
  ModelTier, ParameterTensorSpec, Precision, SizeRule, StateTensorSpec, WeightsFile,
} from './manifest.ts';
export type { FileAccess, ModelPackage, ModelSource, ReadOptions } from './model-package.ts';
export type { ManifestIssue } from './manifest-issue.ts';
export { findManifestIssues, validateManifest } from './validate-manifest.ts';
export type { ValidateManifestOptions } from './validate-manifest.ts';
export { createModelRegistry } from './model-registry.ts';
export type { ModelRegistry } from './model-registry.ts';
export type { ModelRequirements, RankedModel } from './rank-models.ts';
export { deblurTasks } from './model-tiers.ts';
export { compareVersions, satisfiesRange } from './semantic-version.ts';
export { bytesSource } from './bytes-source.ts';
export { directorySource } from './directory-source.ts';
export { packageSource } from './package-source.ts';
export { modelFromManifest } from './model-from-manifest.ts';
export { openModel } from './open-model.ts';
export type { OpenModelOptions } from './open-model.ts';
export { chooseWeights } from './choose-weights.ts';
export { loadWeights } from './load-weights.ts';
export type { LoadedWeights } from './load-weights.ts';
export { modelFiles } from './model-files.ts';
export { readVerified } from './read-verified.ts';
export { sha256 } from './sha256.ts';
export { readOnnxHeader } from './onnx/read-onnx-header.ts';
export type { OnnxHeader } from './onnx/read-onnx-header.ts';
export { urlSource } from './url-source.ts';
export { verifyModel } from './verify-model.ts';
export type { VerifiedFile } from './verify-model.ts';
