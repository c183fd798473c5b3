import { element } from '../page/element.ts';
import type { Stage } from './stage.ts';

const step = 40;
const factor = 1.25;

/** Keys on the stage and the buttons below it. */
export function listenForViewKeys(stage: Stage): void {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => stage.move(step, 0),
    ArrowRight: () => stage.move(-step, 0),
    ArrowUp: () => stage.move(0, step),
    ArrowDown: () => stage.move(0, -step),
    '+': () => stage.zoom(factor),
    '=': () => stage.zoom(factor),
    '-': () => stage.zoom(1 / factor),
    '0': () => stage.fit(),
    '1': () => stage.showFullSize(),
  };
  stage.element.addEventListener('keydown', (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const buttons = { 'zoom-in': keys['+'], 'zoom-out': keys['-'], 'zoom-fit': keys['0'], 'zoom-full': keys['1'] };
  for (const [id, act] of Object.entries(buttons)) element(id, HTMLButtonElement).addEventListener('click', () => act?.());
}
