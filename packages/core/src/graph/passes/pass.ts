import type { SampleFunction } from '../operation.ts';

/** Memory of a picture: a tile, a tensor, or a buffer between passes. float16 is held as bits in a Uint16Array. */
export type PictureArray = Uint8Array | Uint16Array | Float32Array;

/** How a picture lies in memory. */
export interface PictureMemory {
  readonly element: 'uint8' | 'uint16' | 'float16' | 'float32';
  readonly layout: 'HWC' | 'CHW';
  readonly channels: number;
  readonly pixels: number;
}

/** A function of one sample, with what lets it be computed faster. */
export interface SampleStage {
  readonly at: SampleFunction;
  /** Channel the function is for. */
  readonly channel: number;
  /** Scale and offset where the function is a straight line. */
  readonly affine?: readonly [scale: number, offset: number] | undefined;
  /** Number of pieces that may stand for the function within [0,1]. */
  readonly pieces?: number | undefined;
}

/** How one channel of a result comes about. */
export interface ChannelPlan {
  /** Channel of the picture read. */
  readonly from: number;
  /** Functions applied one after the other. */
  readonly stages: readonly SampleStage[];
}

/** Calls `make` for each channel, or takes over what it made for an earlier one with the same functions. */
export function makeShared<T>(channels: readonly ChannelPlan[], make: (stages: readonly SampleStage[]) => T): readonly T[] {
  const made: T[] = [];
  for (const { stages } of channels) {
    const same = channels.findIndex((other) => other.stages.length === stages.length && other.stages.every((stage, i) => isSame(stage, stages[i])));
    made.push(same < made.length ? made[same] : make(stages));
  }
  return made;
}

function isSame(a: SampleStage, b: SampleStage): boolean {
  if (a.affine && b.affine) return a.affine[0] === b.affine[0] && a.affine[1] === b.affine[1];
  return a.at === b.at && (a.channel === b.channel || a.at.length < 2);
}

/** Fills a picture from another one, from the given element on. */
export type Pass = (source: PictureArray, sourceOffset: number, target: PictureArray, targetOffset: number) => void;

/** Elements from one pixel to the next, and from one channel to the next. */
export function strides({ layout, channels, pixels }: PictureMemory): { readonly pixel: number; readonly plane: number } {
  return layout === 'HWC' ? { pixel: channels, plane: 1 } : { pixel: 1, plane: pixels };
}

/** Pixels done for all channels before going on, so that they stay in the processor's cache. */
export const chunkPixels = 4096;
