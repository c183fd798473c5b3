import { diskPsf, gaussianPsf, InvalidArgumentError, motionPsf } from '@deblur/core';
import type { Psf } from '@deblur/core';
import { element } from '../page/element.ts';
import { createDrawnPsf } from './drawn-psf.ts';
import { drawPsf } from './psf-view.ts';

/** Lets the user say what the blur is. */
export interface PsfEditor {
  /** @throws InvalidArgumentError while nothing is drawn */
  readonly psf: Psf;
  /** Takes over and shows a PSF that was estimated. */
  setEstimated(psf: Psf): void;
  setMotion(length: number, angle: number): void;
  /** Forgets what was estimated of another picture. */
  reset(): void;
}

/** Takes charge of the PSF's part of the page. */
export function createPsfEditor(): PsfEditor {
  const canvas = element('psf-grid', HTMLCanvasElement);
  const kind = element('psf-kind', HTMLSelectElement);
  const estimatedOption = kind.querySelector<HTMLOptionElement>('[value=estimated]')!;
  const length = slider('psf-length', (value) => `${value} pixels`);
  const angle = slider('psf-angle', (value) => `${value}°`);
  const radius = slider('psf-radius', (value) => `${value} pixels`);
  const sigma = slider('psf-sigma', (value) => `${value} pixels`);
  let estimated: Psf | undefined;
  const drawn = createDrawnPsf(canvas, update);

  function current(): Psf | undefined {
    switch (kind.value) {
      case 'motion': return motionPsf(length.value, angle.value);
      case 'disk': return diskPsf(radius.value);
      case 'gaussian': return gaussianPsf(sigma.value);
      case 'drawn': return drawn.psf;
      default: return estimated;
    }
  }

  function update(): void {
    for (const part of document.querySelectorAll<HTMLElement>('[data-psf]')) part.hidden = part.dataset['psf'] !== kind.value;
    for (const { show } of [length, angle, radius, sigma]) show();
    const psf = current();
    if (kind.value === 'drawn') drawn.draw();
    else if (psf) drawPsf(canvas, psf);
  }

  function choose(value: string): void {
    kind.value = value;
    drawn.enable(value === 'drawn');
    update();
  }

  kind.addEventListener('change', () => choose(kind.value));
  for (const { input } of [length, angle, radius, sigma]) input.addEventListener('input', update);
  element('psf-clear', HTMLButtonElement).addEventListener('click', () => drawn.clear());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update);
  choose('motion');

  return {
    get psf(): Psf {
      const psf = current();
      if (!psf) throw new InvalidArgumentError('Nothing is drawn yet. Draw the path of the blur in the field, or choose another shape.');
      return psf;
    },
    setEstimated(psf): void {
      estimated = psf;
      estimatedOption.disabled = false;
      choose('estimated');
    },
    setMotion(pixels, degrees): void {
      length.input.value = String(pixels);
      angle.input.value = String(degrees);
      choose('motion');
    },
    reset(): void {
      estimated = undefined;
      estimatedOption.disabled = true;
      element('estimate-text', HTMLParagraphElement).textContent = '';
      if (kind.value === 'estimated') choose('motion');
    },
  };
}

interface Slider {
  readonly input: HTMLInputElement;
  readonly value: number;
  show(): void;
}

function slider(id: string, describe: (value: number) => string): Slider {
  const input = element(id, HTMLInputElement);
  const output = element(`${id}-value`, HTMLOutputElement);
  return {
    input,
    get value(): number {
      return input.valueAsNumber;
    },
    show(): void {
      output.value = describe(input.valueAsNumber);
      input.setAttribute('aria-valuetext', output.value);
    },
  };
}
