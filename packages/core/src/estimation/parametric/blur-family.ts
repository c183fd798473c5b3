import type { SpectrumSamples } from './spectrum-samples.ts';
import { diskPower, motionPower, readTable, taperedTable } from './transfer-power.ts';

/** A family of transfer functions and the range of its parameters. */
export interface BlurFamily {
  /** Steps for derivatives by differences, one for each parameter. */
  readonly steps: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** |H|² at each sample as it shows after tapering. */
  power(parameters: readonly number[]): Float64Array;
}

/** Table values from one frequency of the window to the next. */
const perCycle = 6;

/** No blur but softness. No parameters. */
export function softFamily({ count }: SpectrumSamples): BlurFamily {
  const ones = new Float64Array(count).fill(1);
  return { steps: [], least: [], most: [], power: () => ones };
}

/** Motion; parameters: length in pixels, angle in radians. */
export function motionFamily({ side, across, up }: SpectrumSamples): BlurFamily {
  return {
    steps: [0.05, 0.005], least: [2, -Infinity], most: [side / 4, Infinity],
    power([length, angle]) {
      const table = taperedTable(side, perCycle, (frequency) => motionPower(length!, frequency));
      const cosine = Math.cos(angle!);
      const sine = Math.sin(angle!);
      return across.map((x, i) => readTable(table, Math.abs(x * cosine + up[i]! * sine)));
    },
  };
}

/** Defocus; parameter: radius in pixels. */
export function diskFamily({ side, radius }: SpectrumSamples): BlurFamily {
  return {
    steps: [0.02], least: [1], most: [side / 8],
    power([diskRadius]) {
      const table = taperedTable(side, perCycle, (frequency) => diskPower(diskRadius!, frequency));
      return radius.map((frequency) => readTable(table, frequency));
    },
  };
}
