import { addColours, predictAt } from './predict.ts';

/** A transform of a lossless WebP, to be undone after decoding (RFC 9649, 4). */
export type Transform =
  | { readonly kind: 'predictor' | 'colour'; readonly bits: number; readonly blocks: Uint32Array; readonly width: number }
  | { readonly kind: 'green'; readonly width: number }
  | { readonly kind: 'palette'; readonly bits: number; readonly table: Uint32Array; readonly width: number };

/**
 * Undoes a transform, in place where the size stays.
 * @param height rows of the picture; widths are in the transform
 */
export async function undoTransform(transform: Transform, pixels: Uint32Array, height: number, pause: () => Promise<void>): Promise<Uint32Array> {
  const { width } = transform;
  const result = transform.kind === 'palette' ? new Uint32Array(width * height) : pixels;
  for (let y = 0; y < height; y++) {
    await pause();
    if (transform.kind === 'palette') undoPalette(transform, pixels, result, y);
    else if (transform.kind === 'predictor') undoPredictor(transform, pixels, y);
    else for (let at = y * width; at < (y + 1) * width; at++) pixels[at] = transform.kind === 'green' ? addGreen(pixels[at]!) : undoColour(transform, pixels[at]!, at - y * width, y);
  }
  return result;
}

type Blocks = Transform & { readonly kind: 'predictor' | 'colour' };

function blockAt({ blocks, bits, width }: Blocks, x: number, y: number): number {
  return blocks[(y >> bits) * Math.ceil(width / (1 << bits)) + (x >> bits)]!;
}

function undoPredictor(transform: Blocks, pixels: Uint32Array, y: number): void {
  const { width } = transform;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    pixels[at] = addColours(pixels[at]!, predictAt(pixels, width, x, y, (blockAt(transform, x, y) >> 8) & 15));
  }
}

function addGreen(colour: number): number {
  const green = (colour >>> 8) & 0xff;
  return addColours(colour, (green << 16) | green);
}

const signed = (byte: number): number => (byte << 24) >> 24;
const share = (factor: number, value: number): number => (signed(factor & 0xff) * signed(value & 0xff)) >> 5;

function undoColour(transform: Blocks, colour: number, x: number, y: number): number {
  const factors = blockAt(transform, x, y);
  const green = (colour >>> 8) & 0xff;
  const red = (((colour >>> 16) & 0xff) + share(factors, green)) & 0xff;
  const blue = ((colour & 0xff) + share(factors >>> 8, green) + share(factors >>> 16, red)) & 0xff;
  return (colour & 0xff00ff00) | (red << 16) | blue;
}

function undoPalette(
  { table, bits, width }: Transform & { readonly kind: 'palette' }, packed: Uint32Array, result: Uint32Array, y: number,
): void {
  const perPixel = 1 << bits;
  const indexBits = 8 >> bits;
  const packedWidth = Math.ceil(width / perPixel);
  for (let x = 0; x < width; x++) {
    const green = (packed[y * packedWidth + (x >> bits)]! >>> 8) & 0xff;
    result[y * width + x] = table[(green >> ((x & (perPixel - 1)) * indexBits)) & ((1 << indexBits) - 1)] ?? 0;
  }
}
