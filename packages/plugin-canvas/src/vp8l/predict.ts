/** Sum of two colours, each byte by itself. */
export function addColours(a: number, b: number): number {
  return ((((a & 0xff00ff00) >>> 0) + ((b & 0xff00ff00) >>> 0)) & 0xff00ff00) | (((a & 0x00ff00ff) + (b & 0x00ff00ff)) & 0x00ff00ff);
}

/** Difference of two colours, each byte by itself. */
export function subtractColours(a: number, b: number): number {
  return ((0x00ff00ff + (a & 0xff00ff00) - (b & 0xff00ff00)) & 0xff00ff00) | ((0xff00ff00 + (a & 0x00ff00ff) - (b & 0x00ff00ff)) & 0x00ff00ff);
}

function average(a: number, b: number): number {
  return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
}

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

function eachByte(combine: (shift: number) => number): number {
  return (combine(24) << 24) | (combine(16) << 16) | (combine(8) << 8) | combine(0);
}

const byteOf = (colour: number, shift: number): number => (colour >>> shift) & 0xff;

/** Left or above, whichever is nearer to left + above − corner over all bytes together. */
function select(left: number, above: number, corner: number): number {
  let toLeft = 0;
  let toAbove = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    const c = byteOf(corner, shift);
    toLeft += Math.abs(byteOf(above, shift) - c);
    toAbove += Math.abs(byteOf(left, shift) - c);
  }
  return toLeft < toAbove ? left : above;
}

/**
 * The colour one of the 14 predictors expects (RFC 9649, 4.1), as ARGB.
 * @param corner above to the left
 * @param next above to the right
 */
function predict(mode: number, left: number, above: number, corner: number, next: number): number {
  switch (mode) {
    case 1: return left;
    case 2: return above;
    case 3: return next;
    case 4: return corner;
    case 5: return average(average(left, next), above);
    case 6: return average(left, corner);
    case 7: return average(left, above);
    case 8: return average(corner, above);
    case 9: return average(above, next);
    case 10: return average(average(left, corner), average(above, next));
    case 11: return select(left, above, corner);
    case 12: return eachByte((shift) => clamp(byteOf(left, shift) + byteOf(above, shift) - byteOf(corner, shift)));
    case 13: {
      const mean = average(left, above);
      return eachByte((shift) => clamp(byteOf(mean, shift) + Math.trunc((byteOf(mean, shift) - byteOf(corner, shift)) / 2)));
    }
    default: return 0xff000000;
  }
}

/** The predicted colour of a pixel: its mode's, but for the first row and column. */
export function predictAt(pixels: Uint32Array, width: number, x: number, y: number, mode: number): number {
  const at = y * width + x;
  if (y === 0) return x === 0 ? 0xff000000 : pixels[at - 1]!;
  if (x === 0) return pixels[at - width]!;
  return predict(mode, pixels[at - 1]!, pixels[at - width]!, pixels[at - width - 1]!, pixels[at - width + 1]!);
}
