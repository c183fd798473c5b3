import type { Rectangle } from '@deblur/core';
import { element } from '../page/element.ts';
import type { Placement, Size } from './placement.ts';

/** The part of the picture that is previewed. */
export interface RegionBox {
  /** In pixels of the picture. */
  readonly region: Rectangle;
  setPicture(size: Size): void;
  /** Puts its middle at a place of the stage. */
  moveTo(x: number, y: number, placement: Placement): void;
}

/** Takes charge of the region: the box on the picture, and the controls for it. */
export function createRegionBox(): RegionBox {
  const box = element('region', HTMLDivElement);
  const side = element('region-size', HTMLSelectElement);
  const left = element('region-left', HTMLInputElement);
  const top = element('region-top', HTMLInputElement);
  let picture: Size = { width: 1, height: 1 };

  function region(): Rectangle {
    const width = Math.min(Number(side.value), picture.width);
    const height = Math.min(Number(side.value), picture.height);
    return { left: Math.min(left.valueAsNumber, picture.width - width), top: Math.min(top.valueAsNumber, picture.height - height), width, height };
  }

  function draw(): void {
    const { width, height, ...corner } = region();
    left.max = String(picture.width - width);
    top.max = String(picture.height - height);
    Object.assign(box.style, { left: `${corner.left}px`, top: `${corner.top}px`, width: `${width}px`, height: `${height}px` });
  }

  for (const control of [side, left, top]) control.addEventListener('input', draw);
  return {
    get region(): Rectangle {
      return region();
    },
    setPicture(size): void {
      picture = size;
      box.hidden = false;
      left.max = String(size.width);
      top.max = String(size.height);
      left.value = String(Math.round((size.width - Math.min(Number(side.value), size.width)) / 2));
      top.value = String(Math.round((size.height - Math.min(Number(side.value), size.height)) / 2));
      draw();
    },
    moveTo(x, y, placement): void {
      const { width, height } = region();
      left.value = String(Math.round((x - placement.left) / placement.scale - width / 2));
      top.value = String(Math.round((y - placement.top) / placement.scale - height / 2));
      draw();
    },
  };
}
