import { element } from '../page/element.ts';

/** The line between the original and the restored picture. */
export interface Comparison {
  /** Whether there is something to compare with. */
  enable(on: boolean): void;
  /** Moves the line to a place on the stage. */
  moveTo(x: number): void;
}

/** Takes charge of the line. */
export function createComparison(stage: HTMLElement): Comparison {
  const slider = element('compare', HTMLInputElement);
  const handle = element('handle', HTMLDivElement);
  const after = element('after-layer', HTMLDivElement);

  function apply(): void {
    const percent = slider.valueAsNumber;
    after.style.clipPath = `inset(0 0 0 ${percent}%)`;
    handle.style.left = `${percent}%`;
    slider.setAttribute('aria-valuetext', `${Math.round(100 - percent)} % restored`);
  }

  slider.addEventListener('input', apply);
  apply();
  return {
    enable(on): void {
      slider.disabled = !on;
      handle.hidden = !on;
    },
    moveTo(x): void {
      slider.value = String((100 * x) / stage.clientWidth);
      apply();
    },
  };
}
