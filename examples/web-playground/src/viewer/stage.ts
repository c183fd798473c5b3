import { element } from '../page/element.ts';
import { fit, moveBy, zoomAbout } from './placement.ts';
import type { Placement, Size } from './placement.ts';

/** The part of the page that shows the picture, zoomed and moved. */
export interface Stage {
  readonly element: HTMLElement;
  readonly placement: Placement;
  /** Shows a picture of that size as a whole. */
  setPicture(size: Size): void;
  fit(): void;
  /** One pixel of the picture on one CSS pixel. */
  showFullSize(): void;
  /** Zooms about a point of the stage; default its middle. */
  zoom(factor: number, x?: number, y?: number): void;
  move(x: number, y: number): void;
}

/** Takes charge of the stage. */
export function createStage(): Stage {
  const stage = element('stage', HTMLDivElement);
  const zoomText = element('zoom', HTMLOutputElement);
  const sheets = [...stage.querySelectorAll<HTMLElement>('.sheet')];
  let picture: Size = { width: 1, height: 1 };
  let placement: Placement = { scale: 1, left: 0, top: 0 };
  let fitted = true;

  const room = (): Size => ({ width: stage.clientWidth, height: stage.clientHeight });

  function place(next: Placement, isFitted: boolean): void {
    placement = next;
    fitted = isFitted;
    const { scale, left, top } = next;
    for (const sheet of sheets) sheet.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    stage.style.setProperty('--scale', String(scale));
    stage.classList.toggle('pixels', scale >= 3);
    // Where nothing is cut off, a finger scrolls the page.
    stage.style.touchAction = fitted ? 'pan-y' : 'none';
    zoomText.value = `${Math.round(scale * 100)} %`;
  }

  const api: Stage = {
    element: stage,
    get placement(): Placement {
      return placement;
    },
    setPicture(size): void {
      picture = size;
      for (const sheet of sheets) Object.assign(sheet.style, { width: `${size.width}px`, height: `${size.height}px` });
      api.fit();
    },
    fit: () => place(fit(picture, room()), true),
    showFullSize: () => api.zoom(1 / placement.scale),
    zoom(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2): void {
      place(zoomAbout(placement, factor, x, y, picture, room()), false);
    },
    move: (x, y) => place(moveBy(placement, x, y, picture, room()), false),
  };
  new ResizeObserver(() => {
    if (fitted) api.fit();
    else api.move(0, 0);
  }).observe(stage);
  return api;
}
