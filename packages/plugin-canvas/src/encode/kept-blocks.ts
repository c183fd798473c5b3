import type { ImageDescription, ImageMetadata, Warning } from '@deblur/core';
import { profileFits } from '../formats/profile-fits.ts';
import { resetExifOrientation, resetXmpOrientation } from '../formats/exif-orientation.ts';
import { sourceReduced } from '../source-reduced.ts';
import type { OutputFormat } from './output-format.ts';

/** Profile and metadata that go into a file. */
export interface KeptBlocks {
  readonly icc?: Uint8Array;
  readonly metadata: ImageMetadata;
}

/** JPEG segments hold at most this many bytes of EXIF or XMP. */
const jpegLimits = { exif: 65_533, xmp: 65_504, iptc: 65_533 } as const;

/** Chooses what the format can hold; warnings say what it cannot. */
export function keepBlocks({ icc, channels, metadata = {} }: ImageDescription, format: OutputFormat): KeptBlocks & { readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [];
  const drop = (what: string, why: string): undefined => void warnings.push(sourceReduced(`${what} was left out: ${why}.`, { format }));
  const profile = icc && (profileFits(icc, channels) ? icc : drop('The ICC profile', 'it is not for such pixels (grey or RGB)'));
  const kept = profile && channels === 1 && format !== 'png' ? drop('The ICC profile', `it is for grey, and ${format} is written in colour`) : profile;
  const fits = (name: 'exif' | 'xmp' | 'iptc', block: Uint8Array | undefined): Uint8Array | undefined =>
    block && format === 'jpeg' && block.byteLength > jpegLimits[name] ? drop(name.toUpperCase(), 'it is too large for JPEG') : block;
  const exif = fits('exif', metadata.exif);
  const xmp = fits('xmp', metadata.xmp);
  const iptc = metadata.iptc && format !== 'jpeg' ? drop('IPTC', `${format} cannot hold it`) : fits('iptc', metadata.iptc);
  const density = metadata.density !== undefined && format === 'webp' && !exif ? drop('The density', 'webp cannot hold it') : metadata.density;
  return {
    ...(kept && { icc: kept }),
    metadata: {
      ...(exif && { exif: resetExifOrientation(exif) }), ...(xmp && { xmp: resetXmpOrientation(xmp) }), ...(iptc && { iptc }),
      ...(density !== undefined && { density }),
    },
    warnings,
  };
}
