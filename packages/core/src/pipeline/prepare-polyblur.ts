import { createPolyblurRestorer } from '../polyblur/index.ts';
import type { PreparedRestorer } from './prepare-restorer.ts';
import type { RestorationStep } from './restoration-plan.ts';
import { unchangedRestorer } from './unchanged-restorer.ts';

/** Polyblur with the blurs of the whole picture. */
export function preparePolyblur({ blurs, noise, space }: Extract<RestorationStep, { kind: 'polyblur' }>): PreparedRestorer {
  return { restorer: blurs.length > 0 ? createPolyblurRestorer(blurs, { noise, space }) : unchangedRestorer, describe: () => ({ blurs }) };
}
