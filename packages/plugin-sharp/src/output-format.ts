import { extname } from 'node:path';
import { OutputError } from '@deblur/core';
import type { EncodeOptions, ImageDescription, SampleType } from '@deblur/core';
import type { Sharp } from 'sharp';

/** A format this codec writes. */
export type OutputFormat = 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif';

interface FormatFacts {
  readonly extensions: readonly string[];
  /** Most pixels a side. */
  readonly side: number;
  /** Sample type that a type of rows becomes. */
  readonly types: Readonly<Record<SampleType, SampleType>>;
  readonly alpha: boolean;
  readonly exif: boolean;
  readonly iptc: boolean;
}

const eightBit = { uint8: 'uint8', uint16: 'uint8', float32: 'uint8' } as const;
const sixteenBit = { uint8: 'uint8', uint16: 'uint16', float32: 'uint16' } as const;
const anyType = { uint8: 'uint8', uint16: 'uint16', float32: 'float32' } as const;

/** What each format can hold, as libvips writes it. AVIF keeps 12 of 16 bits. */
export const outputFormats: Readonly<Record<OutputFormat, FormatFacts>> = {
  jpeg: { extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'], side: 65_500, types: eightBit, alpha: false, exif: true, iptc: true },
  png: { extensions: ['.png'], side: 2 ** 31 - 1, types: sixteenBit, alpha: true, exif: true, iptc: false },
  webp: { extensions: ['.webp'], side: 16_383, types: eightBit, alpha: true, exif: true, iptc: false },
  tiff: { extensions: ['.tif', '.tiff'], side: 2 ** 31 - 1, types: anyType, alpha: true, exif: false, iptc: false },
  avif: { extensions: ['.avif'], side: 16_384, types: sixteenBit, alpha: true, exif: true, iptc: false },
};

const aliases: Readonly<Record<string, OutputFormat>> = { jpg: 'jpeg', tif: 'tiff' };
/** Above this many pixels a JPEG is written without a second pass over its coefficients, which would all be held in memory. */
const jpegOptimisePixels = 2 ** 24;
const lossyQuality = { jpeg: 95, webp: 95, avif: 90 } as const;
const millimetresPerInch = 25.4;
/** Above this many bytes of pixels a TIFF needs 64-bit offsets. */
const bigTiffBytes = 3.5e9;

/** The format a name means; undefined if this codec does not write it. */
export function formatNamed(name: string): OutputFormat | undefined {
  const lower = name.toLowerCase();
  return aliases[lower] ?? (Object.hasOwn(outputFormats, lower) ? (lower as OutputFormat) : undefined);
}

/**
 * Chooses the format: `options.format`, else what the sink says, else `options.fallbackFormat`, else PNG.
 * @param path of a file sink
 * @param named by a sink in memory or a stream
 * @throws OutputError if it is not one this codec writes
 */
export function chooseFormat(options: EncodeOptions, path: string | undefined, named: string | undefined): OutputFormat {
  const asked = options.format ?? named;
  if (asked !== undefined) return formatNamed(asked) ?? refuseFormat(`"${asked}"`, path);
  const extension = path === undefined ? '' : extname(path).toLowerCase();
  if (extension !== '') {
    const names = Object.keys(outputFormats) as OutputFormat[];
    return names.find((name) => outputFormats[name].extensions.includes(extension)) ?? refuseFormat(`"${extension}"`, path);
  }
  return (options.fallbackFormat === undefined ? undefined : formatNamed(options.fallbackFormat)) ?? 'png';
}

function refuseFormat(what: string, path: string | undefined): never {
  throw new OutputError(
    `Cannot write ${path ?? 'the picture'}: the format ${what} is not one that can be written. Use ${Object.keys(outputFormats).join(', ')}.`,
    { details: { path, format: what } },
  );
}

/** @throws OutputError if the picture is larger than the format allows */
export function checkSide(format: OutputFormat, { width, height }: ImageDescription, name: string): void {
  const { side } = outputFormats[format];
  if (width <= side && height <= side) return;
  throw new OutputError(
    `Cannot write ${name}: ${format} holds at most ${side} pixels a side, the picture is ${width}×${height}. Use tiff or png.`,
    { details: { format, width, height, side } },
  );
}

/** Adds the encoder to a pipeline. Defaults are near the source rather than small: quality 95 (AVIF 90), full chroma. */
export function encodeAs(
  pipeline: Sharp, format: OutputFormat, type: SampleType, description: ImageDescription, bytes: number, options: EncodeOptions,
): Sharp {
  const { lossless = false } = options;
  const pixels = description.width * description.height;
  switch (format) {
    case 'jpeg':
      return pipeline.jpeg({
        quality: options.quality ?? lossyQuality.jpeg, chromaSubsampling: '4:4:4', optimiseCoding: pixels <= jpegOptimisePixels,
      });
    case 'png':
      return pipeline.png({ compressionLevel: 3, adaptiveFiltering: true });
    case 'webp':
      return pipeline.webp({ quality: options.quality ?? lossyQuality.webp, lossless, exact: true, smartSubsample: true });
    case 'avif':
      return pipeline.avif({
        quality: options.quality ?? lossyQuality.avif, lossless, chromaSubsampling: '4:4:4', effort: 2,
        bitdepth: type === 'uint16' ? 12 : 8,
      });
    case 'tiff': {
      const density = description.metadata?.density ?? 72;
      const resolution = density / millimetresPerInch;
      return pipeline.tiff({
        compression: 'deflate', predictor: type === 'float32' ? 'none' : 'horizontal', bigtiff: bytes > bigTiffBytes,
        xres: resolution, yres: resolution, resolutionUnit: 'inch',
      });
    }
  }
}
