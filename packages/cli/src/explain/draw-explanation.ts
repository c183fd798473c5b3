import { concatenateRows, convertSamples, toRgb } from '@deblur/core';
import { composeComparison } from '../comparison/compose-comparison.ts';
import { createCanvas } from './canvas.ts';
import { heatColour } from './heat-colour.ts';
import type { BlurMap, OcclusionMap, PixelImage, PixelPosition, ScalarMap } from '@deblur/core';
import type { Canvas } from './canvas.ts';

/** What is drawn. */
export interface Explanation {
  readonly image: PixelImage;
  readonly change: ScalarMap;
  readonly blur: BlurMap;
  readonly pixel: PixelPosition;
  readonly occlusion: OcclusionMap;
}

/** Longest side of a panel in pixels, about. */
const panelSide = 480;
const dark = [24, 24, 24] as const;
const mark = [0, 220, 255] as const;
/** Share of a panel's height that the colour scale takes. */
const scaleShare = 0.04;

/** Draws four panels, two by two: the input, where it was changed, how wide its blur is, and what decides a pixel. */
export function drawExplanation({ image, change, blur, pixel, occlusion }: Explanation): PixelImage {
  const factor = panelSide / Math.max(image.width, image.height);
  const zoom = factor >= 1 ? Math.floor(factor) : 1 / Math.ceil(1 / factor);
  const width = Math.max(1, Math.floor(image.width * zoom));
  const height = Math.max(1, Math.floor(image.height * zoom));
  const rgb = convertSamples(toRgb(image), 'uint8');

  const input = createCanvas(width, height, meanOf(rgb, zoom));
  const { left, top, width: w, height: h } = occlusion.window;
  input.outline(Math.floor(left * zoom), Math.floor(top * zoom), Math.max(1, Math.floor(w * zoom)), Math.max(1, Math.floor(h * zoom)), mark);
  cross(input, Math.floor((pixel.x + 0.5) * zoom), Math.floor((pixel.y + 0.5) * zoom));

  const mostChanged = largest(change.data);
  const changed = heatPanel(width, height, (x, y) => change.data[Math.floor(y / zoom) * change.width + Math.floor(x / zoom)]! / mostChanged);
  const widest = largest(blur.data);
  const blurred = heatPanel(width, height, (x, y) => blur.data[Math.floor(y / zoom / blur.cell) * blur.width + Math.floor(x / zoom / blur.cell)]! / widest);

  const others = strongestElsewhere(occlusion, pixel);
  return stack(
    composeComparison([{ label: 'input', image: input.image }, { label: `change 0 - ${mostChanged.toFixed(3)} rms`, image: changed }]),
    composeComparison([
      { label: `blur 0 - ${widest.toFixed(1)} px`, image: blurred },
      { label: `decides ${pixel.x},${pixel.y}: 0 - ${others.toFixed(4)}`, image: influencePanel(rgb, occlusion, pixel, width, height, others) },
    ]),
  );
}

/** The strongest effect of a patch that does not hold the pixel itself, whose own patch is often far stronger than all others. */
export function strongestElsewhere({ window, cell, effect }: OcclusionMap, pixel: PixelPosition): number {
  const own = Math.floor((pixel.y - window.top) / cell) * effect.width + Math.floor((pixel.x - window.left) / cell);
  return largest(effect.data.filter((_, index) => index !== own || effect.data.length === 1));
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0) || 1e-6;
}

/** Colours of a picture at `zoom`: means of the pixels that fall together, or repeated ones. */
function meanOf({ data, width, height }: PixelImage, zoom: number): (x: number, y: number) => readonly [number, number, number] {
  const side = Math.max(1, Math.round(1 / zoom));
  return (x, y) => {
    const [left, top] = [Math.floor(x / zoom), Math.floor(y / zoom)];
    const sums = [0, 0, 0];
    let count = 0;
    for (let j = top; j < Math.min(height, top + side); j++) {
      for (let i = left; i < Math.min(width, left + side); i++, count++) for (let c = 0; c < 3; c++) sums[c]! += data[(j * width + i) * 3 + c]!;
    }
    return [sums[0]! / count, sums[1]! / count, sums[2]! / count];
  };
}

/** Values from 0 to 1 as colours, with the scale they are on along the lower edge. */
function heatPanel(width: number, height: number, valueAt: (x: number, y: number) => number): PixelImage {
  const bar = height - Math.max(2, Math.round(height * scaleShare));
  return createCanvas(width, height, (x, y) => (y === bar - 1 ? dark : heatColour(y >= bar ? x / Math.max(1, width - 1) : valueAt(x, y)))).image;
}

/** The window around the pixel, as large as fits, in grey under the colour of each patch. */
function influencePanel(
  rgb: PixelImage, { window, cell, effect }: OcclusionMap, pixel: PixelPosition, width: number, height: number, maximum: number,
): PixelImage {
  const bar = height - Math.max(2, Math.round(height * scaleShare));
  const zoom = Math.min(width / window.width, (bar - 1) / window.height);
  const left = (width - window.width * zoom) / 2;
  const canvas = createCanvas(width, height, (x, y) => {
    if (y >= bar) return heatColour(x / Math.max(1, width - 1));
    const [i, j] = [Math.floor((x - left) / zoom), Math.floor(y / zoom)];
    if (i < 0 || j < 0 || i >= window.width || j >= window.height) return dark;
    const at = ((window.top + j) * rgb.width + window.left + i) * 3;
    const grey = 0.3 * rgb.data[at]! + 0.59 * rgb.data[at + 1]! + 0.11 * rgb.data[at + 2]!;
    const heat = heatColour(effect.data[Math.floor(j / cell) * effect.width + Math.floor(i / cell)]! / maximum);
    return [0.35 * grey + 0.65 * heat[0], 0.35 * grey + 0.65 * heat[1], 0.35 * grey + 0.65 * heat[2]];
  });
  cross(canvas, Math.floor(left + (pixel.x - window.left + 0.5) * zoom), Math.floor((pixel.y - window.top + 0.5) * zoom));
  return canvas.image;
}

function cross(canvas: Canvas, x: number, y: number): void {
  for (let d = 2; d < 7; d++) for (const [i, j] of [[d, 0], [-d, 0], [0, d], [0, -d]] as const) canvas.set(x + i, y + j, mark);
}

function stack(upper: PixelImage, lower: PixelImage): PixelImage {
  const gap: PixelImage = { ...upper, height: 8, data: new Uint8Array(upper.width * 8 * 3).fill(dark[0]) };
  return concatenateRows([upper, gap, lower]);
}
