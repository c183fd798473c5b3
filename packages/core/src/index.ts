// Errors
export {
  AbortedError, DeblurError, DeviceLostError, DisposedError, EstimateRefusedError, ImageError, IntegrityError, InvalidArgumentError, LimitError,
  ManifestError, ModelError, ModelNotFoundError, OutOfMemoryError, OutputError, UnsupportedError,
} from './errors/index.ts';
export type { DeblurErrorOptions } from './errors/index.ts';

// Client
export { createDeblur } from './deblur.ts';
export type { Deblur, DeblurOptions } from './deblur.ts';
export { restorationMethods } from './pipeline/restoration-method.ts';
export type { AppliedMethod, RestorationMethod } from './pipeline/restoration-method.ts';
export type { AppliedDeconvolution, MethodChoice, RunOptions, RunResult, RunTimings, WorkingScale } from './pipeline/run-options.ts';
export type { PixelFormat, TileProgram, TileSize } from './runtime/tile-program.ts';
export type { TileRestorer } from './pipeline/tile-restorer.ts';

// Sequences
export type { SequenceFrame, SequenceInput, SequenceOptions, SequenceState } from './sequence/index.ts';

// Plugins
export type { DeblurPlugin } from './plugin.ts';

// Image
export {
  allocateSamples, concatenateRows, convertSampleArray, convertSamples, createImage, createRowEnlarger, createRowReducer, crop,
  joinAlpha, linearToSrgb, sampleMaximum, sampleTypeOf, sliceRows, splitAlpha, srgbToLinear, toGrey, toLinear, toRgb, toSrgb,
  validateImage,
} from './image/index.ts';
export type {
  CreateImageOptions, EnlargementKernel, ImageMetadata, PixelImage, Rectangle, RowEnlarger, RowEnlargerOptions, RowReducer,
  RowResamplingOptions, SampleArray, SampleType, SplitAlpha, Transfer,
} from './image/index.ts';

// Codec
export type {
  Codec, DecodeLimits, EncodeOptions, ImageDescription, ImageInfo, ImageReader, ImageWriter, OpenOptions, WrittenImage,
} from './codec/codec.ts';

// Graph
export { checkGraph, compilePost, compilePre, createOperationRegistry, quantise, resolveGraphs } from './graph/index.ts';
export type {
  ChannelOrder, CompilePostOptions, CompilePreOptions, GraphIssue, GraphManifest, GraphNodeSpec, GraphOperation, GraphStep, GraphValue, GraphValueType,
  OperationRegistry, PictureFunction, PostProgram, PreProgram, ResolvedGraphs, SampleFunction,
} from './graph/index.ts';

// Tiling
export {
  batches, createRowWindow, createStitcher, planAxis, planTiles, raisedCosine, reflectIndex, smallerPlan, subdivideTile,
} from './tiling/index.ts';
export type {
  AxisTile, MemoryBudget, PlanAxisOptions, PlanTilesOptions, Region, RowWindow, RowWindowOptions, StitchedRows, Stitcher, TilePlan,
  TilePosition,
} from './tiling/index.ts';

// Models
export {
  bytesSource, chooseWeights, compareVersions, createModelRegistry, deblurTasks, directorySource, findManifestIssues, loadWeights, modelFiles,
  modelFromManifest, openModel, packageSource, readOnnxHeader, readVerified, satisfiesRange, sha256, urlSource, validateManifest, verifyModel,
} from './models/index.ts';
export type {
  FileAccess, FileReference, GoldenTile, ImageLayout, ImageTensorSpec, InputTensorSpec, Licence, LoadedWeights, ManifestIssue,
  MeasuredMetric, ModelManifest, ModelPackage, ModelRegistry, ModelRequirements, ModelSource, ModelTask, ModelTier, OnnxHeader,
  OpenModelOptions, ParameterTensorSpec, Precision, RankedModel, ReadOptions, SizeRule, StateTensorSpec, ValidateManifestOptions, VerifiedFile, WeightsFile,
} from './models/index.ts';

export { importModel } from './models/import/index.ts';
export type {
  ImportedModel, ImportMeasurements, ImportModelOptions, ImportNote, OnnxFile, ValueRange,
} from './models/import/index.ts';

// Download
export { createMemoryTarget, download } from './download/index.ts';
export type {
  ByteReader, DownloadOptions, DownloadRequest, DownloadResponse, DownloadTarget, MemoryTarget, Transport,
} from './download/index.ts';

// Runtime
export { checkParameters } from './pipeline/check-parameters.ts';
export { tileChangeLimit } from './pipeline/tile-change-limit.ts';
export { compareGoldenTile, readGoldenTile } from './runtime/golden-tile.ts';
export type { GoldenSamples } from './runtime/golden-tile.ts';
export { checkLoadedTensors } from './runtime/check-loaded-tensors.ts';
export { createGate } from './runtime/gate.ts';
export { createQueuedSession } from './runtime/queued-session.ts';
export { raceAbort } from './runtime/race-abort.ts';
export type { CheckedTensors, DeclaredTensor } from './runtime/check-loaded-tensors.ts';
export type { Gate } from './runtime/gate.ts';
export type { QueuedSessionParts } from './runtime/queued-session.ts';
export type {
  Backend, ExecutionProvider, ProviderStatus, Session, SessionModel, SessionOptions, TensorInfo,
} from './runtime/backend.ts';
export type { NamedTensors, Tensor, TensorData, TensorType } from './runtime/tensor.ts';
export { trackProgress } from './runtime/progress-tracker.ts';
export type { ProgressEvent, ProgressListener, ProgressStage } from './runtime/progress.ts';
export type { ProgressTracker } from './runtime/progress-tracker.ts';
export type { Warning, WarningCode } from './runtime/warning.ts';

// FFT
export { createFft2d, goodSize } from './fft/index.ts';
export type {
  AddProductOptions, ConjugateOptions, Fft2d, Fft2dOptions, InverseOptions, Plane, Spectrum, WienerOptions,
} from './fft/index.ts';

// Blur
export {
  addNoise, blur, boxPsf, cameraShakePsf, centrePsf, composePsfs, convolve, convolveLayers, convolveVarying, createRandom,
  directionalDiffusion, diskPsf, estimateBlurWidth, gaussianPsf, heatBlur, inverseHeat, motionPsf, normalisePsf, parsePsf, psfCentroid,
  psfFromArray, psfFromImage, psfToImage, psfTransfer, resamplePsf, rotatePsf, shockFilter, validatePsf,
} from './blur/index.ts';
export type {
  AddNoiseOptions, BlurLayers, BlurOptions, Boundary, CameraShakeOptions, ConvolutionMethod, ConvolveOptions, ConvolveVaryingOptions,
  DirectionalDiffusionOptions, HeatBlurOptions, HeatOptions, InverseHeatOptions, Noise, PerceptualSharpeningOptions, Psf,
  PsfCentre, PsfGrid, PsfShape, SeededRandom,
} from './blur/index.ts';

// Deconvolution
export {
  chooseDeconvolutionParameters, createDeconvolutionRestorer, deconvolve, deconvolveVarying, edgetaper, estimateNoise, wrapBoundary,
} from './deconvolution/index.ts';
export type {
  DeconvolutionBoundary, DeconvolutionJob, DeconvolutionMethod, DeconvolutionParameters, DeconvolutionRestorerOptions, DeconvolutionResult,
  DeconvolveOptions, EstimateNoiseOptions, NoiseStatistic, PlaneSize, SolverProgram, TileSolvers, WienerPrior,
} from './deconvolution/index.ts';

// Plug-and-play deconvolution
export { createNetworkDenoiser, createPlugAndPlayRestorer, deconvolvePlugAndPlay } from './deconvolution/plug-and-play/index.ts';
export type {
  Denoiser, NetworkDenoiser, NetworkDenoiserOptions, NoisyPicture, PlugAndPlayOptions, PlugAndPlayParameters, PlugAndPlayRestorerOptions,
  PlugAndPlayResult,
} from './deconvolution/plug-and-play/index.ts';

// Polyblur
export { createPolyblurRestorer, estimateMildBlur, polyblur } from './polyblur/index.ts';
export type {
  MildBlur, PolyblurOptions, PolyblurRestorerOptions, PolyblurResult, ReblurOptions,
} from './polyblur/index.ts';

// Detection
export {
  blurEffect, blurFeatures, blurMap, blurMapToImage, detectBlur, highFrequencyRatio, laplacianVariance, measureBlur, tenengrad,
} from './detection/index.ts';
export type {
  BlurDetection, BlurEffectOptions, BlurLabel, BlurMap, BlurMapOptions, BlurMapToImageOptions, BlurMeasures, DetectBlurOptions,
  HighFrequencyRatioOptions, SpectralMeasures,
} from './detection/index.ts';

// Explanation
export { changeMap, occlusionMap, strongestPlace } from './explain/index.ts';
export type { OcclusionMap, OcclusionOptions, PixelPosition, ScalarMap } from './explain/index.ts';

// Estimation
export { estimateBlindPsf, estimatePsfGrid } from './estimation/blind/index.ts';
export type { BlindEstimate, BlindOptions, PsfGridEstimate, PsfGridOptions } from './estimation/blind/index.ts';
export { estimateParametricPsf } from './estimation/parametric/index.ts';
export type {
  EstimateParametricPsfOptions, ParametricCandidate, ParametricEstimate, ParametricKind, ParametricPsf,
} from './estimation/parametric/index.ts';

// Metrics
export { alignedPsnr, classificationMetrics, comparePixels, findShift, kernelSimilarity, msSsim, psnr, ssdErrorRatio, ssim } from './metrics/index.ts';
export type {
  ClassificationMetrics, FindShiftOptions, FoundShift, LabelMetrics, MsSsimOptions, PixelComparison, PsnrOptions, SsimOptions, SsimVariant,
} from './metrics/index.ts';
