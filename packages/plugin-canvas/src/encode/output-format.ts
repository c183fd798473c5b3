import { OutputError } from '@deblur/core';
import type { EncodeOptions, ImageDescription } from '@deblur/core';

/** A format this codec writes. */
export type OutputFormat = 'png' | 'jpeg' | 'webp';

interface FormatFacts {
  /** Most pixels a side. */
  readonly side: number;
  readonly sixteenBit: boolean;
  readonly alpha: boolean;
  /** Default for lossy coding, 1–100. Canvases halve the resolution of JPEG's colours, which 97 makes up for against 95 without that. */
  readonly quality: number;
}

export const outputFormats: Readonly<Record<OutputFormat, FormatFacts>> = {
  png: { side: 2 ** 31 - 1, sixteenBit: true, alpha: true, quality: 100 },
  jpeg: { side: 65_500, sixteenBit: false, alpha: false, quality: 97 },
  webp: { side: 16_383, sixteenBit: false, alpha: true, quality: 95 },
};

const aliases: Readonly<Record<string, OutputFormat>> = { jpg: 'jpeg', jpe: 'jpeg', jfif: 'jpeg' };

/** The format a name means; undefined if this codec does not write it. */
export function formatNamed(name: string): OutputFormat | undefined {
  const lower = name.toLowerCase();
  return aliases[lower] ?? (Object.hasOwn(outputFormats, lower) ? (lower as OutputFormat) : undefined);
}

/**
 * Chooses the format: `options.format`, else what the sink says, else `options.fallbackFormat`, else PNG.
 * @throws OutputError if it is not one this codec writes
 */
export function chooseFormat(options: EncodeOptions, bySink: string | undefined, name: string): OutputFormat {
  const asked = options.format ?? bySink;
  if (asked === undefined) return (options.fallbackFormat === undefined ? undefined : formatNamed(options.fallbackFormat)) ?? 'png';
  const format = formatNamed(asked);
  if (format) return format;
  throw new OutputError(`Cannot write ${name}: the format "${asked}" is not one canvas can write. Use ${Object.keys(outputFormats).join(', ')}.`, {
    details: { format: asked },
  });
}

/** @throws OutputError if the picture is larger than the format allows */
export function checkSide(format: OutputFormat, { width, height }: ImageDescription, name: string): void {
  const { side } = outputFormats[format];
  if (width <= side && height <= side) return;
  throw new OutputError(
    `Cannot write ${name}: ${format} holds at most ${side} pixels a side, the picture is ${width}×${height}. Use png.`,
    { details: { format, width, height, side } },
  );
}
