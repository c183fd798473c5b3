import type { Stage } from './stage.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a finger or the mouse has taken hold of on the stage. */
export type Drag = (x: number, y: number) => void;

/**
 * Pointers on the stage: one drags what `grab` says or else the picture, two pinch; the wheel zooms while the stage has the focus.
 * @param grab what there is to drag where a pointer went down, if anything
 */
export function listenForGestures(stage: Stage, grab: (target: EventTarget | null) => Drag | undefined): void {
  const pointers = new Map<number, Point>();
  let drag: Drag | undefined;
  const place = (event: PointerEvent | WheelEvent): Point => {
    const { left, top } = stage.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  stage.element.addEventListener('pointerdown', (event) => {
    stage.element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    if (pointers.size === 1) drag = grab(event.target);
  });
  stage.element.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (other) {
      stage.move((now.x - before.x) / 2, (now.y - before.y) / 2);
      stage.zoom(distance(now, other) / Math.max(1, distance(before, other)), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else if (drag) {
      drag(now.x, now.y);
    } else {
      stage.move(now.x - before.x, now.y - before.y);
    }
  });
  for (const kind of ['pointerup', 'pointercancel'] as const) {
    stage.element.addEventListener(kind, (event) => {
      pointers.delete(event.pointerId);
      if (pointers.size === 0) drag = undefined;
    });
  }
  stage.element.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && document.activeElement !== stage.element) return;
    event.preventDefault();
    const { x, y } = place(event);
    stage.zoom(Math.exp(-event.deltaY / 300), x, y);
  }, { passive: false });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
