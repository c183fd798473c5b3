import type { RunResult } from '@deblur/core';
import { element } from '../page/element.ts';
import { drawPsf } from '../psf/psf-view.ts';
import { methods } from '../method/methods.ts';
import { duration } from './progress-view.ts';

/** Shows what ran, how long it took, why, and every warning. */
export function showResult(result: RunResult, scope: 'picture' | 'region', notes: readonly string[] = []): void {
  const { choice, warnings } = result;
  element('result', HTMLElement).hidden = false;
  element('facts', HTMLElement).replaceChildren(...factsOf(result, scope).flatMap(([name, value]) => {
    const [term, description] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = name;
    description.append(value);
    return [term, description];
  }));
  list('reasons', [...notes, ...choice?.reasons ?? []]);
  list('warnings', warnings.map(({ message }) => message));
  element('download-part', HTMLDivElement).hidden = scope === 'region';
}

/** Takes it off the page. */
export function hideResult(): void {
  element('result', HTMLElement).hidden = true;
}

function factsOf(result: RunResult, scope: 'picture' | 'region'): readonly (readonly [string, string | Node])[] {
  const { method, model, backend, deconvolution, scale, tiles, timings, width, height } = result;
  const title = method === 'none' ? 'Left as it is' : methods.find((entry) => entry.method === method)?.title ?? method;
  const facts: (readonly [string, string | Node])[] = [
    ['Restored', scope === 'picture' ? `the whole picture, ${width} × ${height}` : `a region of ${width} × ${height}`],
    ['Method', title],
    ['Ran on', backend ? `${backend.provider} (${backend.id}), in a worker` : 'processor, in a worker'],
    ['Time', `${duration(timings.totalMs)}, of that restoring ${duration(timings.restoreMs)}`],
  ];
  if (model) facts.push(['Network', `${model.id} ${model.version}`]);
  if (tiles.count > 1) facts.push(['Tiles', `${tiles.count} of ${tiles.width} × ${tiles.height}`]);
  if (scale !== 1) facts.push(['Working scale', String(scale)]);
  if (deconvolution) {
    facts.push(['Noise', `${(deconvolution.noise * 100).toFixed(2)} % of full scale`]);
    const canvas = Object.assign(document.createElement('canvas'), { width: 96, height: 96, className: 'psf-used' });
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `The PSF that was undone, ${deconvolution.psf.width} × ${deconvolution.psf.height} pixels`);
    facts.push(['PSF', canvas]);
    requestAnimationFrame(() => drawPsf(canvas, deconvolution.psf));
  }
  return facts;
}

function list(id: string, lines: readonly string[]): void {
  element(`${id}-part`, HTMLDivElement).hidden = lines.length === 0;
  element(id, HTMLElement).replaceChildren(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })));
}
