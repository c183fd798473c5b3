import type { PlaneSize } from '../../deconvolution/plane-size.ts';

/** Corner of a window, in pixels of the picture. */
export interface WindowCorner {
  readonly left: number;
  readonly top: number;
}

/** Windows looked at; more cost time and add little. */
const mostWindows = 96;
/** Distance of neighbouring windows as a share of their side. */
const stride = 0.375;

/** Evenly spread starts from one end of a line to the other; a single one lies in the middle. */
function spread(length: number, side: number, count: number): number[] {
  const room = length - side;
  return Array.from({ length: count }, (_, i) => Math.round(count === 1 ? room / 2 : (i * room) / (count - 1)));
}

/** Windows that overlap by five eighths, or lie farther apart where a picture has room for more than 96. */
export function placeWindows({ width, height }: PlaneSize, side: number): WindowCorner[] {
  const wanted = (length: number): number => 1 + Math.ceil((length - side) / (side * stride));
  const thinning = Math.max(1, Math.sqrt((wanted(width) * wanted(height)) / mostWindows));
  const rows = Math.min(mostWindows, Math.max(1, Math.floor(wanted(height) / thinning)));
  const columns = Math.min(wanted(width), Math.floor(mostWindows / rows));
  const lefts = spread(width, side, columns);
  return spread(height, side, rows).flatMap((top) => lefts.map((left) => ({ left, top })));
}
