import type { BlurMap } from '@deblur/core';
import { element } from '../page/element.ts';

/** Draws the blur map over the picture: clear where it is sharp, the warmer the wider the blur. */
export function showMap(map: BlurMap | undefined): void {
  const canvas = element('map', HTMLCanvasElement);
  const box = element('show-map', HTMLInputElement);
  const legend = element('map-legend', HTMLParagraphElement);
  box.disabled = map === undefined;
  const show = (): void => {
    canvas.hidden = legend.hidden = !(map && box.checked);
  };
  box.onchange = show;
  show();
  if (!map) return;
  const widest = map.data.reduce((most, value) => Math.max(most, value), 8);
  element('map-range', HTMLSpanElement).textContent = `sharp to ${Math.round(widest)} pixels wide`;
  canvas.width = map.width;
  canvas.height = map.height;
  Object.assign(canvas.style, { width: `${map.width * map.cell}px`, height: `${map.height * map.cell}px` });
  const pixels = new ImageData(map.width, map.height);
  map.data.forEach((value, cell) => {
    const share = value / widest;
    pixels.data.set([40 + 215 * share, 60 + 100 * share * (1 - share) * 2, 200 * (1 - share), 210 * Math.min(1, 0.1 + share)], cell * 4);
  });
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
}
