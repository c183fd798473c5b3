import { DeblurError, ImageError, LimitError } from '@deblur/core';
import { textAt } from '../bytes.ts';
import { profileFits } from '../formats/profile-fits.ts';
import type { HeaderChecks, PictureFacts } from '../formats/picture-facts.ts';
import { isGif, isHeif, isJpeg, isPng, isWebp } from '../formats/signatures.ts';
import { sourceReduced } from '../source-reduced.ts';
import type { EncodedSource } from './read-source.ts';

/** What reads of a picture report to; messages call it `name`. */
export function headerChecks(name: string, maximumPixels: number): HeaderChecks {
  const checks: HeaderChecks = {
    fail(reason) {
      throw new ImageError(`Cannot read ${name}: ${reason}. Get an intact copy of the file.`, { details: { source: name } });
    },
    size(width, height) {
      checkPixels(width, height, maximumPixels, name);
    },
  };
  return checks;
}

/** @throws LimitError if there are too many pixels; ImageError if there are none */
export function checkPixels(width: number, height: number, maximum: number, name: string): void {
  const pixels = width * height;
  if (pixels === 0) {
    throw new ImageError(`Cannot read ${name}: it declares ${width}×${height} pixels. Get an intact copy.`, { details: { source: name } });
  }
  if (pixels <= maximum) return;
  throw new LimitError(
    `Did not decode ${name}: it declares ${width}×${height} = ${pixels} pixels, more than the ${maximum} allowed. ` +
      'If you trust it, raise limits.pixels.',
    { details: { width, height, pixels, limit: maximum, source: name } },
  );
}

/**
 * Reads the header of an encoded picture.
 * @throws ImageError if it is not a picture that can be read; LimitError if it declares more pixels than allowed
 */
export async function readFacts({ bytes, name }: EncodedSource, checks: HeaderChecks): Promise<PictureFacts> {
  try {
    const facts = isPng(bytes) ? await (await import('../formats/png-facts.ts')).readPngFacts(bytes, checks)
      : isJpeg(bytes) ? (await import('../formats/jpeg-facts.ts')).readJpegFacts(bytes, checks)
        : isWebp(bytes) ? (await import('../formats/webp-facts.ts')).readWebpFacts(bytes, checks)
          : isGif(bytes) ? (await import('../formats/gif-facts.ts')).readGifFacts(bytes, checks)
            : isHeif(bytes) ? (await import('../formats/heif-facts.ts')).readHeifFacts(bytes, checks)
              : refuse(bytes, name);
    return checkProfile(facts);
  } catch (error) {
    if (DeblurError.isInstance(error)) throw error;
    // The numbers of a damaged header can lead anywhere.
    return checks.fail(`its header is damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

function checkProfile(facts: PictureFacts): PictureFacts {
  const { icc, info, warnings, ...rest } = facts;
  if (!icc || profileFits(icc, info.channels)) return facts;
  const warning = sourceReduced('The ICC profile is not for such pixels (grey or RGB); it was left out.');
  return { ...rest, info, warnings: [...warnings, warning] };
}

function refuse(bytes: Uint8Array, name: string): never {
  const start = textAt(bytes, 0, 256).trimStart();
  if (/^(?:ï»¿)?<(?:\?xml|!--|!doctype svg|svg)/i.test(start) || start.startsWith('%PDF')) {
    throw new ImageError(`Cannot read ${name}: it is a vector drawing, which has no pixels to restore. Draw it on a canvas first.`, {
      details: { source: name },
    });
  }
  const hexadecimal = Array.from(bytes.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new ImageError(
    `Cannot read ${name}: it is not a picture of a kind that is known (it begins with ${hexadecimal}). Pass a JPEG, PNG, WebP, GIF or AVIF.`,
    { details: { source: name } },
  );
}
