import { lowerAffine } from './affine.ts';
import { lowerChannelMap } from './channel-map.ts';
import { lowerChannels } from './channels.ts';
import { lowerClamp } from './clamp.ts';
import { lowerCombination } from './combination.ts';
import { lowerConvert } from './convert.ts';
import { lowerCrop } from './crop.ts';
import { lowerPad } from './pad.ts';
import { lowerRecolour } from './recolour.ts';
import { lowerResize } from './resize.ts';
import { lowerTransfer } from './transfer.ts';
import { lowerUnchanged } from './unchanged.ts';
import type { GraphStep } from '@deblur/core';
import type { Lowering } from '../lowering.ts';

const byName: Readonly<Record<string, Lowering>> = {
  blend: lowerCombination, channels: lowerChannels, clamp: lowerClamp, convert: lowerConvert, crop: lowerCrop, pad: lowerPad, recolour: lowerRecolour,
  residual: lowerCombination, resize: lowerResize, transfer: lowerTransfer,
};

/** The lowering of a step: by the form of the operation where that says all, else by its name; undefined where there is none. */
export function findLowering({ operation, node, inputs: [input] }: GraphStep): Lowering | undefined {
  if (operation.affine) return lowerAffine;
  if (operation.channelMap?.(node, input!.type)) return lowerChannelMap;
  if (!operation.sample && !operation.compute) return lowerUnchanged;
  return Object.hasOwn(byName, operation.op) ? byName[operation.op] : undefined;
}
