import type { Psf } from '@deblur/core';

/** A PSF whose heaviest cell is 1, as it is drawn. */
export type PsfShade = Pick<Psf, 'width' | 'height' | 'data'>;

/** Draws a PSF into the middle of a square canvas, the heaviest cell in full strength. */
export function drawPsf(canvas: HTMLCanvasElement, { width, height, data }: PsfShade, cursor?: { readonly x: number; readonly y: number }): void {
  const context = canvas.getContext('2d')!;
  const style = getComputedStyle(canvas);
  const side = Math.max(width, height, 9);
  const cell = canvas.width / side;
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  const heaviest = data.reduce((most, value) => Math.max(most, value), 1e-9);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = style.color;
  for (let i = 0; i < data.length; i++) {
    context.globalAlpha = data[i]! / heaviest;
    context.fillRect((left + (i % width)) * cell, (top + Math.floor(i / width)) * cell, cell + 0.5, cell + 0.5);
  }
  context.globalAlpha = 1;
  if (!cursor) return;
  context.strokeStyle = style.outlineColor;
  context.lineWidth = 2;
  context.strokeRect((left + cursor.x) * cell + 1, (top + cursor.y) * cell + 1, cell - 2, cell - 2);
}
