import { psfFromArray } from '@deblur/core';
import type { Psf } from '@deblur/core';
import { drawPsf } from './psf-view.ts';

/** A PSF that is drawn by hand. */
export interface DrawnPsf {
  /** Undefined while nothing is drawn. */
  readonly psf: Psf | undefined;
  draw(): void;
  /** Whether the canvas can be drawn on. */
  enable(on: boolean): void;
  clear(): void;
}

const side = 15;

/** Lets the user draw on the canvas by pointer or keys. */
export function createDrawnPsf(canvas: HTMLCanvasElement, onChange: () => void): DrawnPsf {
  const cells = new Float32Array(side * side);
  let cursor = { x: 7, y: 7 };
  let enabled = false;
  let value = 1;

  function set(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= side || y >= side) return;
    cells[y * side + x] = value;
    onChange();
  }

  function cellAt(event: PointerEvent): { readonly x: number; readonly y: number } {
    const { left, top, width } = canvas.getBoundingClientRect();
    const cell = width / side;
    return { x: Math.floor((event.clientX - left) / cell), y: Math.floor((event.clientY - top) / cell) };
  }

  function describe(): void {
    const filled = cells[cursor.y * side + cursor.x] ? 'set' : 'empty';
    canvas.setAttribute('aria-label', `Drawing of the PSF. Column ${cursor.x + 1}, row ${cursor.y + 1} of ${side}: ${filled}.`);
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (!enabled) return;
    canvas.setPointerCapture(event.pointerId);
    const { x, y } = cellAt(event);
    value = cells[y * side + x] ? 0 : 1;
    set(x, y);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!enabled || !canvas.hasPointerCapture(event.pointerId)) return;
    const { x, y } = cellAt(event);
    set(x, y);
  });
  canvas.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!enabled || (!step && event.key !== ' ')) return;
    event.preventDefault();
    if (step) {
      const inside = (place: number): number => Math.min(side - 1, Math.max(0, place));
      cursor = { x: inside(cursor.x + step[0]), y: inside(cursor.y + step[1]) };
      onChange();
    } else {
      value = cells[cursor.y * side + cursor.x] ? 0 : 1;
      set(cursor.x, cursor.y);
    }
    describe();
  });
  for (const kind of ['focus', 'blur'] as const) canvas.addEventListener(kind, () => { if (enabled) onChange(); });

  return {
    get psf(): Psf | undefined {
      return cells.some((weight) => weight > 0) ? psfFromArray(cells, { width: side, height: side }) : undefined;
    },
    draw: () => drawPsf(canvas, { width: side, height: side, data: cells }, document.activeElement === canvas ? cursor : undefined),
    enable(on): void {
      enabled = on;
      canvas.classList.toggle('drawing', on);
      canvas.tabIndex = on ? 0 : -1;
      canvas.setAttribute('role', on ? 'application' : 'img');
      if (on) {
        canvas.setAttribute('aria-describedby', 'draw-help');
        describe();
      } else {
        canvas.removeAttribute('aria-describedby');
        canvas.setAttribute('aria-label', 'The PSF');
      }
    },
    clear(): void {
      cells.fill(0);
      onChange();
    },
  };
}
