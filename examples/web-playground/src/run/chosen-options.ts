import type { Psf } from '@deblur/core';
import type { RemoteRunOptions } from '@deblur/worker';
import { element } from '../page/element.ts';
import type { MethodEntry } from '../method/methods.ts';

/** The options of a run, as the controls say. `psf` is there if the method takes one. */
export function chosenOptions({ method, network, takesPsf }: MethodEntry, psf: Psf | undefined): RemoteRunOptions {
  const value = (id: string): string => element(id, HTMLSelectElement).value;
  const noise = value('noise');
  const provider = value('provider');
  const scale = value('scale');
  return {
    method,
    ...(takesPsf && psf && { psf }),
    ...(network && { model: value('model') }),
    ...(provider !== '' && { provider }),
    ...(noise !== '' && { noise: Number(noise) }),
    ...(!takesPsf && { scale: scale === 'auto' ? scale : Number(scale) }),
    strength: element('strength', HTMLInputElement).valueAsNumber / 100,
  };
}
