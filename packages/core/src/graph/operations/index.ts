import { blend } from './blend.ts';
import { channels } from './channels.ts';
import { clamp } from './clamp.ts';
import { convert } from './convert.ts';
import { crop } from './crop.ts';
import { layout } from './layout.ts';
import { normalise } from './normalise.ts';
import { pad } from './pad.ts';
import { recolour } from './recolour.ts';
import { residual } from './residual.ts';
import { resize } from './resize.ts';
import { transfer } from './transfer.ts';
import type { GraphOperation } from '../operation.ts';

/** The operations every registry has. */
export const builtInOperations: readonly GraphOperation[] = [
  blend, channels, clamp, convert, crop, layout, normalise, pad, recolour, residual, resize, transfer,
];
