import { InvalidArgumentError, raceAbort } from '@deblur/core';
import type { EncodeOptions, ImageDescription, ImageWriter, Warning } from '@deblur/core';
import { CanvasWriter } from './canvas-writer.ts';
import type { WriterRoute } from './canvas-writer.ts';
import { chooseEncoder } from './encode/choose-encoder.ts';
import { keepBlocks } from './encode/kept-blocks.ts';
import { checkSide, chooseFormat, formatNamed, outputFormats } from './encode/output-format.ts';
import type { OutputFormat } from './encode/output-format.ts';
import type { CanvasRuntime } from './runtime/canvas-runtime.ts';
import { OutputFile } from './sink/output-file.ts';
import { resolveSink, takesPixels } from './sink/picture-sink.ts';
import type { EncodedSink, PictureSink } from './sink/picture-sink.ts';
import { pixelTarget } from './sink/pixel-target.ts';
import { sourceReduced } from './source-reduced.ts';

/**
 * Starts a picture at a sink, as `Codec.create` says.
 * @throws OutputError, UnsupportedError, InvalidArgumentError, AbortedError
 */
export async function createWriter(
  sink: unknown, description: ImageDescription, options: EncodeOptions, runtime: () => Promise<CanvasRuntime>,
): Promise<ImageWriter> {
  const { signal } = options;
  checkEncoding(description, options);
  const target = resolveSink(sink);
  if (takesPixels(target)) {
    const route = { target: pixelTarget(target, description, await raceAbort(runtime(), signal)) };
    return new CanvasWriter({ description, route, warnings: reductions(description, false, true, 'a canvas'), signal });
  }
  const name = nameOf(target);
  const format = chooseFormat(options, 'format' in target ? target.format : undefined, name);
  checkSide(format, description, name);
  const { warnings: dropped, ...blocks } = keepBlocks(description, format);
  const { quality, lossless = false, overwrite = false } = options;
  const file = target.kind === 'file' ? await OutputFile.reserve(target.path, overwrite) : undefined;
  try {
    const encoder = await raceAbort(
      chooseEncoder({ description, format, blocks, quality, lossless, runtime, signal }), signal,
    );
    const route: WriterRoute = { encoder, sink: target, format, file };
    const { sixteenBit, alpha } = outputFormats[format];
    const warnings = [...fallbackWarnings(options, target, format), ...reductions(description, sixteenBit, alpha, format), ...dropped];
    return new CanvasWriter({ description, route, warnings, signal });
  } catch (error) {
    await file?.discard();
    throw error;
  }
}

function nameOf(sink: EncodedSink): string {
  return sink.kind === 'file' ? sink.path : sink.kind === 'handle' ? sink.handle.name : 'the picture';
}

function checkEncoding({ width, height }: ImageDescription, { quality }: EncodeOptions): void {
  for (const [name, value] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new InvalidArgumentError(`${name} is ${String(value)}; it must be a whole number of pixels ≥ 1.`);
    }
  }
  if (quality !== undefined && !(Number.isInteger(quality) && quality >= 1 && quality <= 100)) {
    throw new InvalidArgumentError(`quality is ${String(quality)}; it must be a whole number from 1 to 100.`);
  }
}

/** The source's format may be one that is only read (GIF, AVIF); then PNG takes its place. */
function fallbackWarnings({ format: asked, fallbackFormat }: EncodeOptions, sink: PictureSink, format: OutputFormat): Warning[] {
  const named = asked ?? ('format' in sink ? sink.format : undefined);
  if (named !== undefined || fallbackFormat === undefined || fallbackFormat === 'raw' || formatNamed(fallbackFormat)) return [];
  return [{ code: 'option-changed', message: `${fallbackFormat} cannot be written; the picture was written as ${format}.`, details: { format } }];
}

function reductions({ type, alpha }: ImageDescription, sixteenBit: boolean, keepsAlpha: boolean, where: string): Warning[] {
  const warnings: Warning[] = [];
  if (type !== 'uint8' && !(sixteenBit && type === 'uint16')) {
    warnings.push(sourceReduced(`${where} cannot hold ${type} samples; they were written as ${sixteenBit ? 'uint16' : 'uint8'}.`));
  }
  if (alpha && !keepsAlpha) warnings.push(sourceReduced(`${where} cannot hold opacity; the picture was laid on white.`));
  return warnings;
}
