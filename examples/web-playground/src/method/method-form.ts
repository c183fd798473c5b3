import type { ModelManifest, ProviderStatus, RestorationMethod } from '@deblur/core';
import { element } from '../page/element.ts';
import { methods } from './methods.ts';
import type { MethodEntry } from './methods.ts';

/** What the user has chosen besides the PSF. */
export interface MethodForm {
  readonly entry: MethodEntry;
  choose(method: RestorationMethod): void;
  /** Fills the menu of networks. */
  setModels(models: readonly ModelManifest[]): void;
  /** Fills the menu of providers. */
  setProviders(providers: readonly ProviderStatus[]): void;
}

/** Takes charge of the menus. */
export function createMethodForm(): MethodForm {
  const menu = element('method', HTMLSelectElement);
  const model = element('model', HTMLSelectElement);
  let models: readonly ModelManifest[] = [];
  for (const { method, title } of methods) menu.add(new Option(title, method));
  const entry = (): MethodEntry => methods.find(({ method }) => method === menu.value)!;

  function update(): void {
    const { text, takesPsf, network } = entry();
    element('method-text', HTMLParagraphElement).textContent = text;
    element('psf-part', HTMLFieldSetElement).hidden = !takesPsf;
    element('model-part', HTMLDivElement).hidden = !network;
    const before = model.value;
    const fitting = models.filter(({ task }) => (task === 'denoise') === (network === 'denoising') && task !== 'video');
    model.replaceChildren(new Option('chosen for me', 'auto'), ...fitting.map(({ id, title }) => new Option(`${id}: ${title}`, id)));
    if (fitting.some(({ id }) => id === before)) model.value = before;
    updateModel();
  }

  function updateModel(): void {
    const manifest = models.find(({ id }) => id === model.value);
    element('model-text', HTMLParagraphElement).textContent = manifest
      ? `${manifest.description} ${(manifest.files[0]!.bytes / 1e6).toFixed(1)} MB.` : 'Fetched when it is first used, then kept.';
  }

  menu.addEventListener('change', update);
  model.addEventListener('change', updateModel);
  const strength = element('strength', HTMLInputElement);
  strength.addEventListener('input', () => { element('strength-value', HTMLOutputElement).value = `${strength.value} %`; });
  update();
  return {
    get entry(): MethodEntry {
      return entry();
    },
    choose(method): void {
      menu.value = method;
      update();
    },
    setModels(known): void {
      models = known;
      update();
    },
    setProviders(providers): void {
      const provider = element('provider', HTMLSelectElement);
      const options = providers.map(({ provider: name, available }) => Object.assign(new Option(name, name), { disabled: !available }));
      provider.replaceChildren(new Option('the best there is', ''), ...options);
      element('provider-text', HTMLParagraphElement).textContent = providers
        .map(({ provider: name, available, reason, devices }) => `${name}: ${available ? devices?.join(', ') || 'usable' : reason}`).join(' ');
    },
  };
}
