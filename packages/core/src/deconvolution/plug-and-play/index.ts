export { createNetworkDenoiser } from './network-denoiser.ts';
export type { NetworkDenoiser, NetworkDenoiserOptions } from './network-denoiser.ts';
export { deconvolvePlugAndPlay } from './deconvolve-plug-and-play.ts';
export type { PlugAndPlayOptions, PlugAndPlayResult } from './deconvolve-plug-and-play.ts';
export type { Denoiser, NoisyPicture } from './denoiser.ts';
export type { PlugAndPlayParameters } from './plug-and-play-parameters.ts';
export { createPlugAndPlayRestorer } from './plug-and-play-restorer.ts';
export type { PlugAndPlayRestorerOptions } from './plug-and-play-restorer.ts';
