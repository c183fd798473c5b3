/** Where the picture lies on the stage: a pixel (x, y) of it is at (left + scale·x, top + scale·y) CSS pixels. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const largestScale = 32;
const smallestShare = 0.5;

/** The whole picture, in the middle. */
export function fit(picture: Size, stage: Size): Placement {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height);
  return { scale, left: (stage.width - scale * picture.width) / 2, top: (stage.height - scale * picture.height) / 2 };
}

/** Zooms by a factor about a point of the stage. */
export function zoomAbout(placement: Placement, factor: number, x: number, y: number, picture: Size, stage: Size): Placement {
  const least = Math.min(1, fit(picture, stage).scale) * smallestShare;
  const scale = Math.min(largestScale, Math.max(least, placement.scale * factor));
  const change = scale / placement.scale;
  return keepInside({ scale, left: x - change * (x - placement.left), top: y - change * (y - placement.top) }, picture, stage);
}

/** Moves by CSS pixels. */
export function moveBy(placement: Placement, x: number, y: number, picture: Size, stage: Size): Placement {
  return keepInside({ ...placement, left: placement.left + x, top: placement.top + y }, picture, stage);
}

/** Keeps the middle of the stage on the picture. */
function keepInside({ scale, left, top }: Placement, picture: Size, stage: Size): Placement {
  const clamp = (value: number, length: number, room: number): number => Math.min(room / 2, Math.max(room / 2 - scale * length, value));
  return { scale, left: clamp(left, picture.width, stage.width), top: clamp(top, picture.height, stage.height) };
}
