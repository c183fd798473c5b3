export { connectDeblur } from './page/connect-deblur.ts';
export { serveDeblur } from './worker/serve-deblur.ts';
export type { EndpointEvent, WorkerEndpoint } from './endpoint/worker-endpoint.ts';
export type {
  BlurFindings, DetectionOptions, RemoteBlindOptions, RemoteCallOptions, RemoteDeblur, RemoteEstimateOptions, RemoteParametricOptions,
  RemotePreviewOptions, RemoteRunOptions,
} from './page/remote-deblur.ts';
