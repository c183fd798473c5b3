import type { ImageInfo, ImageMetadata } from '@deblur/core';
import type { Bytes } from '../bytes.ts';
import { readExifOrientation, resetExifOrientation, resetXmpOrientation } from './exif-orientation.ts';

/** Metadata blocks as a file holds them. */
export interface StoredBlocks {
  readonly exif?: Bytes | undefined;
  readonly xmp?: Bytes | undefined;
  readonly iptc?: Bytes | undefined;
  readonly density?: number | undefined;
}

/** `ImageInfo` of a stored picture: sizes after the orientation is applied. */
export function describePicture(
  stored: Omit<ImageInfo, 'orientation'> & { readonly orientation?: number }, exif?: Uint8Array,
): ImageInfo {
  const orientation = stored.orientation ?? readExifOrientation(exif);
  const turned = orientation > 4;
  return { ...stored, orientation, width: turned ? stored.height : stored.width, height: turned ? stored.width : stored.height };
}

/** The blocks as core carries them: orientation reset. */
export function carryMetadata({ exif, xmp, iptc, density }: StoredBlocks): ImageMetadata {
  return {
    ...(exif && { exif: resetExifOrientation(exif) }),
    ...(xmp && { xmp: resetXmpOrientation(xmp) }),
    ...(iptc && { iptc: Uint8Array.from(iptc) }),
    ...(density !== undefined && { density }),
  };
}
