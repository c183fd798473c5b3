import { besselJ1 } from './bessel.ts';

/** |H|² of straight motion: sinc² of its length times the frequency along it, in cycles a pixel. */
export function motionPower(length: number, frequency: number): number {
  const x = Math.PI * length * frequency;
  return Math.abs(x) < 1e-6 ? 1 : (Math.sin(x) / x) ** 2;
}

/** |H|² of a disk: (2 J₁(x) / x)² with x = 2π · radius · frequency. */
export function diskPower(radius: number, frequency: number): number {
  const x = 2 * Math.PI * radius * Math.abs(frequency);
  return x < 1e-6 ? 1 : ((2 * besselJ1(x)) / x) ** 2;
}

/** Values of a function of frequency, to be read between. */
export interface PowerTable {
  /** Values a cycle a pixel. */
  readonly density: number;
  readonly values: Float64Array;
}

const highest = 0.72;

/**
 * What a taper leaves of a transfer function that depends on one coordinate of frequency: its power averaged with that of the
 * neighbouring frequencies, as the power of a Hann window weights them (1/6, 2/3, 1/6). Zeros fill up that lie close together.
 */
export function taperedTable(side: number, perCycle: number, power: (frequency: number) => number): PowerTable {
  const density = side * perCycle;
  const raw = Float64Array.from({ length: Math.ceil(highest * density) + 2 + 2 * perCycle }, (_, i) => power((i - perCycle) / density));
  const values = Float64Array.from({ length: raw.length - 2 * perCycle }, (_, i) => (
    (raw[i]! + 4 * raw[i + perCycle]! + raw[i + 2 * perCycle]!) / 6
  ));
  return { density, values };
}

/** The value at a frequency ≥ 0, by interpolation. */
export function readTable({ density, values }: PowerTable, frequency: number): number {
  const at = frequency * density;
  const below = Math.floor(at);
  return values[below]! + (at - below) * (values[below + 1]! - values[below]!);
}
