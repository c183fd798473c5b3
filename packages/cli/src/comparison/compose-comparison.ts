import { convertSamples, InvalidArgumentError, toRgb } from '@deblur/core';
import { glyphSize, hasInk } from './bitmap-font.ts';
import type { PixelImage } from '@deblur/core';

/** A picture of a comparison and what is written above it. */
export interface LabelledImage {
  readonly label: string;
  readonly image: PixelImage;
}

const gap = 8;
const background = 24;
const ink = 235;

/**
 * Puts pictures of one size side by side, each under its label: 8-bit sRGB, on dark grey.
 *
 * @param panels pictures of equal width and height; alpha is left out
 * @throws InvalidArgumentError if sizes differ or there is none
 */
export function composeComparison(panels: readonly LabelledImage[]): PixelImage {
  const [first] = panels;
  if (!first) throw new InvalidArgumentError('A comparison needs at least one picture.');
  const { width, height } = first.image;
  if (panels.some(({ image }) => image.width !== width || image.height !== height)) {
    throw new InvalidArgumentError('The pictures of a comparison must have one size.');
  }
  const fontScale = Math.max(1, Math.round(width / 240));
  const header = (glyphSize.height + 6) * fontScale;
  const whole = { width: panels.length * width + (panels.length - 1) * gap, height: height + header };
  const data = new Uint8Array(whole.width * whole.height * 3).fill(background);
  for (const [index, { label, image }] of panels.entries()) {
    const left = index * (width + gap);
    writeLabel(data, whole.width, left, label, fontScale, width);
    const pixels = convertSamples(toRgb(image), 'uint8').data;
    for (let y = 0; y < height; y++) {
      data.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), ((header + y) * whole.width + left) * 3);
    }
  }
  return { ...whole, channels: 3, data, transfer: 'srgb' };
}

function writeLabel(data: Uint8Array, stride: number, left: number, label: string, scale: number, available: number): void {
  const margin = 3 * scale;
  const fitting = Math.max(0, Math.floor((available - margin) / (glyphSize.step * scale)));
  for (const [index, character] of [...label.slice(0, fitting)].entries()) {
    for (let y = 0; y < glyphSize.height * scale; y++) {
      for (let x = 0; x < glyphSize.width * scale; x++) {
        if (!hasInk(character, Math.floor(x / scale), Math.floor(y / scale))) continue;
        const pixel = ((margin + y) * stride + left + margin + index * glyphSize.step * scale + x) * 3;
        data.fill(ink, pixel, pixel + 3);
      }
    }
  }
}
