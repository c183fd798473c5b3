import type { AverageSpectrum } from './average-spectrum.ts';
import { sceneTerms } from './scene-terms.ts';
import type { SceneTerm } from './scene-terms.ts';

/** The frequencies of a spectrum that estimation looks at. */
export interface SpectrumSamples {
  /** Side of the windows in pixels. */
  readonly side: number;
  readonly count: number;
  /** Horizontal frequency, to the right, in cycles a pixel. */
  readonly across: Float64Array;
  /** Vertical frequency, upwards, in cycles a pixel. */
  readonly up: Float64Array;
  /** Magnitude of the frequency. */
  readonly radius: Float64Array;
  /** Natural logarithm of the power. */
  readonly logPower: Float64Array;
  /** How many independent spectra have the spread of these. */
  readonly looks: number;
  /** Terms that a scene without blur may have. */
  readonly terms: readonly SceneTerm[];
}

/** Cycles a window up to which the taper and the mean show. */
const leastCycles = 3;
/** Frequencies below this, in cycles a pixel, are all looked at in windows of 256 pixels; higher ones are sampled ever more sparsely. */
const denseBelow = 0.1;
const sparseness = 1.5;
/** Stands for no power at all. */
const leastPower = 1e-14;

/** Spread evenly over [0, 1), the same for the same number. */
function scatter(place: number): number {
  return (Math.imul(place + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
}

/** Some thousand frequencies of the half plane, without the lowest; neighbours say much the same, so not all are needed. */
export function selectSamples({ side, power, looks }: AverageSpectrum): SpectrumSamples {
  const columns = side / 2 + 1;
  const places: number[] = [];
  for (let v = 1 - side / 2; v < side / 2; v++) {
    for (let u = 0; u < columns; u++) {
      const place = (v + side / 2) * columns + u;
      const cycles = Math.hypot(u, v);
      const mirrored = (u === 0 || u === side / 2) && v <= 0;
      const density = Math.min(1, ((denseBelow * side) / cycles) ** sparseness * (256 / side) ** 2);
      if (cycles >= leastCycles && !mirrored && scatter(place) <= density) places.push(place);
    }
  }
  const across = Float64Array.from(places, (place) => (place % columns) / side);
  const up = Float64Array.from(places, (place) => 0.5 - Math.floor(place / columns) / side);
  const radius = across.map((x, i) => Math.hypot(x, up[i]!));
  const count = places.length;
  return {
    side, count, looks, across, up, radius, terms: sceneTerms({ count, across, up, radius }),
    logPower: Float64Array.from(places, (place) => Math.log(Math.max(power[place]!, leastPower))),
  };
}
