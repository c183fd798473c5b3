export { connectDeblur } from './page/connect-deblur.ts';
export { deconvolutionWorkers } from './tiles/deconvolution-workers.ts';
export { serveDeconvolution } from './tiles/serve-deconvolution.ts';
export { serveDeblur } from './worker/serve-deblur.ts';
export type { DeconvolutionWorkersOptions } from './tiles/deconvolution-workers.ts';
export type { EndpointEvent, WorkerEndpoint } from './endpoint/worker-endpoint.ts';
export type {
  BlurFindings, DetectionOptions, RemoteBlindOptions, RemoteCallOptions, RemoteDeblur, RemoteEstimateOptions, RemoteParametricOptions,
  RemotePreviewOptions, RemoteRunOptions,
} from './page/remote-deblur.ts';
