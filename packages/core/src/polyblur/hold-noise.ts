import type { FloatPlanes } from '../blur/float-planes.ts';
import { localMean } from './local-mean.ts';

/** Factor of the noise that is taken off. */
const caution = 2;

/**
 * Takes a sharpened picture back to the one before where the change is no larger than noise explains: the change is scaled by
 * max(0, 1 − 2n/s), s being its mean square over 5×5 pixels and all channels and n what noise alone would give (the local Wiener filter,
 * Lee 1980, applied to the change; twice the noise, since means over so few pixels scatter: 0.16 dB better than once in linear light).
 *
 * @param before left as it is
 * @param after changed in place
 * @param variance n, of one channel
 */
export function holdNoise({ width, height, planes }: FloatPlanes, after: readonly Float32Array[], variance: number): void {
  if (variance === 0) return;
  const squares = new Float32Array(width * height);
  planes.forEach((v, c) => {
    const z = after[c]!;
    for (let i = 0; i < v.length; i++) squares[i]! += (z[i]! - v[i]!) ** 2;
  });
  const energy = localMean(squares, width, height);
  const noise = caution * variance * planes.length;
  planes.forEach((v, c) => {
    const z = after[c]!;
    for (let i = 0; i < v.length; i++) {
      const share = energy[i]! > noise ? 1 - noise / energy[i]! : 0;
      z[i] = v[i]! + share * (z[i]! - v[i]!);
    }
  });
}
