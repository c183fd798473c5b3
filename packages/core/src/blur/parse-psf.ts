import { InvalidArgumentError } from '../errors/invalid-argument-error.ts';
import { boxPsf } from './box-psf.ts';
import { cameraShakePsf } from './camera-shake-psf.ts';
import { diskPsf } from './disk-psf.ts';
import { gaussianPsf } from './gaussian-psf.ts';
import { motionPsf } from './motion-psf.ts';
import type { Psf } from './psf.ts';

interface PsfKind {
  readonly form: string;
  /** Fewest and most numbers. */
  readonly numbers: readonly [fewest: number, most: number];
  make(numbers: readonly number[]): Psf;
}

const kinds: Readonly<Record<string, PsfKind>> = {
  gaussian: { form: 'gaussian:<sigma>', numbers: [1, 1], make: ([sigma]) => gaussianPsf(sigma!) },
  motion: { form: 'motion:<length>,<degrees>', numbers: [2, 2], make: ([length, angle]) => motionPsf(length!, angle!) },
  disk: { form: 'disk:<radius>', numbers: [1, 1], make: ([radius]) => diskPsf(radius!) },
  box: { form: 'box:<width>[,<height>]', numbers: [1, 2], make: ([width, height]) => boxPsf(width!, height) },
  'camera-shake': {
    form: 'camera-shake:<length>,<seed>',
    numbers: [2, 2],
    make: ([length, seed]) => cameraShakePsf({ length: length!, seed: seed! }),
  },
};

/**
 * A PSF from its description: `gaussian:<sigma>`, `motion:<length>,<degrees>`, `disk:<radius>`, `box:<width>[,<height>]` or
 * `camera-shake:<length>,<seed>`; lengths in pixels, degrees counter-clockwise from the x axis.
 *
 * @example parsePsf('motion:15,30')
 * @throws InvalidArgumentError for anything else
 */
export function parsePsf(text: string): Psf {
  const [name = '', rest = ''] = text.split(/:(.*)/s);
  const kind = Object.hasOwn(kinds, name.trim()) ? kinds[name.trim()] : undefined;
  if (!kind) {
    const forms = Object.values(kinds).map(({ form }) => form).join(', ');
    throw new InvalidArgumentError(`"${text}" does not describe a PSF; write one of ${forms}.`);
  }
  const words = rest.split(',').map((word) => word.trim());
  const numbers = words.map(Number);
  const [fewest, most] = kind.numbers;
  if (words.some((word) => word === '') || !numbers.every(Number.isFinite) || numbers.length < fewest || numbers.length > most) {
    throw new InvalidArgumentError(`"${text}" does not describe a PSF; write ${kind.form} with plain numbers.`);
  }
  return kind.make(numbers);
}
