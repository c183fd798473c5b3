import type { Pacer } from '../../deconvolution/pacer.ts';
import type { PlaneSize } from '../../deconvolution/plane-size.ts';
import type { Rectangle } from '../../image/crop.ts';

/** Values at or above this are clipped, and blur there is not a convolution. */
const clipped = 0.98;

/** Positions of a window along an axis: overlapping by three quarters, the last at the end. */
function starts(length: number, window: number): number[] {
  const last = length - window;
  const count = Math.ceil(last / (window / 4));
  return Array.from({ length: count + 1 }, (_, i) => (count === 0 ? 0 : Math.round((last * i) / count)));
}

/**
 * The square window of a plane that tells most about blur: the largest sum of gradient lengths, pixels next to clipped ones not
 * counted. A plane no larger than the window is taken whole.
 *
 * @param values encoded luma in [0,1], `height × width`
 */
export async function chooseWindow(
  values: Float32Array, { width, height }: PlaneSize, window: number, pace: Pacer,
): Promise<Rectangle> {
  const size = { width: Math.min(width, window), height: Math.min(height, window) };
  const across = starts(width, size.width);
  const down = starts(height, size.height);
  if (across.length === 1 && down.length === 1) return { left: 0, top: 0, ...size };
  const stride = width + 1;
  const above = new Float64Array(stride);
  const rowSums = new Map<number, Float64Array>([[0, above.slice()]]);
  const needed = new Set(down.flatMap((y) => [y, y + size.height]));
  for (let y = 0; y < height; y++) {
    if (y % 32 === 0) await pace();
    let sum = 0;
    const row = y * width;
    const below = y === height - 1 ? row : row + width;
    for (let x = 0; x < width; x++) {
      const here = values[row + x]!;
      const right = values[x === width - 1 ? row + x : row + x + 1]!;
      const under = values[below + x]!;
      if (here < clipped && right < clipped && under < clipped) sum += Math.hypot(right - here, under - here);
      above[x + 1]! += sum;
    }
    if (needed.has(y + 1)) rowSums.set(y + 1, above.slice());
  }
  let best: Rectangle = { left: 0, top: 0, ...size };
  let most = -1;
  for (const y of down) {
    const [top, bottom] = [rowSums.get(y)!, rowSums.get(y + size.height)!];
    for (const x of across) {
      const right = x + size.width;
      const total = bottom[right]! - bottom[x]! - top[right]! + top[x]!;
      if (total <= most) continue;
      most = total;
      best = { left: x, top: y, ...size };
    }
  }
  return best;
}
