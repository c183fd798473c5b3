import type { Rectangle } from '@deblur/core';
import { element } from '../page/element.ts';
import type { Picture } from '../picture/picture.ts';
import { createComparison } from './comparison.ts';
import { listenForGestures } from './gestures.ts';
import { createRegionBox } from './region-box.ts';
import { createStage } from './stage.ts';
import { listenForViewKeys } from './view-keys.ts';

/** Shows the original and what has become of it. */
export interface Viewer {
  /** The part to preview, in pixels of the picture. */
  readonly region: Rectangle;
  show(picture: Picture): void;
  /** A fresh canvas over the picture, which another thread draws on. */
  startRestored(picture: Picture): OffscreenCanvas;
  /** Shows a restored part over the picture. */
  showPart(part: ImageBitmap, region: Rectangle): void;
  /** Back to the original. */
  clearRestored(): void;
}

/** Takes charge of the picture's part of the page. */
export function createViewer(): Viewer {
  const original = element('original', HTMLImageElement);
  const sheet = element('after-sheet', HTMLDivElement);
  const stage = createStage();
  const comparison = createComparison(stage.element);
  const regionBox = createRegionBox();
  let shownUrl: string | undefined;
  listenForViewKeys(stage);
  listenForGestures(stage, (target) => {
    if (target instanceof HTMLElement && target.closest('#handle')) return (x) => comparison.moveTo(x);
    if (target instanceof HTMLElement && target.id === 'region') return (x, y) => regionBox.moveTo(x, y, stage.placement);
    return undefined;
  });

  function clearRestored(): void {
    sheet.replaceChildren();
    stage.element.classList.remove('done');
    comparison.enable(false);
  }

  return {
    get region(): Rectangle {
      return regionBox.region;
    },
    show(picture): void {
      clearRestored();
      element('empty', HTMLParagraphElement).hidden = true;
      original.src = picture.url;
      if (shownUrl) URL.revokeObjectURL(shownUrl);
      shownUrl = picture.url;
      stage.setPicture(picture);
      regionBox.setPicture(picture);
    },
    startRestored({ width, height }): OffscreenCanvas {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      // A part that is shown stays until rows cover it.
      sheet.querySelectorAll('.whole').forEach((before) => before.remove());
      canvas.className = 'whole';
      sheet.append(canvas);
      stage.element.classList.add('done');
      comparison.enable(true);
      return canvas.transferControlToOffscreen();
    },
    showPart(part, { left, top }): void {
      const canvas = Object.assign(document.createElement('canvas'), { width: part.width, height: part.height, className: 'part' });
      Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` });
      canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(part);
      clearRestored();
      sheet.append(canvas);
      comparison.enable(true);
    },
    clearRestored,
  };
}
