import { bandCount, bandFrequency, sectorCount } from './polar-bins.ts';

/**
 * What the spectra of a picture's textured windows say about its blur. Eight bands, by their edges in cycles per pixel: 1/64, 1/32, 1/16,
 * 3/32, 1/8, 3/16, 1/4, 3/8, 1/2; the last five are the fine ones. Levels are natural logarithms of frequency² × power, noise taken off,
 * over that of the coarse bands 1/32–3/32 of the same window: near 0 where a picture is sharp, the more negative the more is missing.
 */
export interface SpectralMeasures {
  /** Windows with texture, on which the rest is based; 0 if there are none. */
  readonly windows: number;
  /** Levels of the eight bands over all directions: quartiles and the 95th percentile over windows, [25, 50, 75, 95 %][band]. */
  readonly detail: readonly (readonly number[])[];
  /** Mean level of each fine band in the direction that kept most of it. */
  readonly most: readonly number[];
  /** Mean level of each fine band in the direction that lost most of it. */
  readonly least: readonly number[];
  /** How much the level of each fine band depends on the direction, beyond what the coarse bands do: amplitude of its second harmonic. */
  readonly anisotropy: readonly number[];
  /** The same within windows, averaged over them: also large where directions differ from place to place. */
  readonly localAnisotropy: readonly number[];
  /** Second harmonics by themselves: of the coarse bands, of these within windows, and of the band 1/64–1/32. */
  readonly coarseAnisotropy: readonly [overall: number, local: number, coarsest: number];
  /** Direction of frequencies in which most is lost, which is that of the motion: degrees counter-clockwise from the x axis, [0,180). */
  readonly angle: number;
}

const quantiles = [0.25, 0.5, 0.75, 0.95] as const;
const bands: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7];
const fine: readonly number[] = [3, 4, 5, 6, 7];
const coarse: readonly number[] = [1, 2];
const corner: number = bandCount - 1;
/** Whitened power that counts as nothing. */
const floor = 1e-9;
/** Coarse whitened power below which a window has no texture; the flattest of 262 photographs has 18 times as much somewhere. */
const leastTexture = 2e-6;
/** Part of the power in the corner of the spectrum, in its emptiest direction, that is taken for noise. */
const noiseShare = 0.8;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below]! + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!);
}

/** Whitened powers with the white noise that the corner of the spectrum shows taken off. */
function withoutNoise(powers: Float64Array): Float64Array {
  const emptiest = powers.subarray(corner * sectorCount).reduce((least, power) => Math.min(least, power), Infinity);
  const noise = (noiseShare * emptiest) / bandFrequency(corner) ** 2;
  return powers.map((power, bin) => {
    const level = noise * bandFrequency(Math.floor(bin / sectorCount)) ** 2;
    return Math.max(power - level, 0.1 * level) + floor;
  });
}

/** Mean power of a band over all sectors. */
function bandPower(powers: Float64Array, band: number): number {
  return mean([...powers.subarray(band * sectorCount, (band + 1) * sectorCount)]);
}

/** Second harmonic of values around the half circle: amplitude and phase. */
function harmonic(values: readonly number[]): { readonly amplitude: number; readonly real: number; readonly imaginary: number } {
  let real = 0;
  let imaginary = 0;
  values.forEach((value, sector) => {
    real += (2 / sectorCount) * value * Math.cos((2 * Math.PI * sector) / sectorCount);
    imaginary += (2 / sectorCount) * value * Math.sin((2 * Math.PI * sector) / sectorCount);
  });
  return { amplitude: Math.hypot(real, imaginary), real, imaginary };
}

/** Levels of a band in all sectors. */
function levelsOf(powers: Float64Array, base: number, band: number): number[] {
  return Array.from({ length: sectorCount }, (_, sector) => Math.log(powers[band * sectorCount + sector]! / base));
}

const subtract = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]!);
const average = (rows: readonly (readonly number[])[]): number[] => rows[0]!.map((_, i) => mean(rows.map((row) => row[i]!)));
const smooth = (around: readonly number[]): number[] =>
  around.map((value, i) => (around.at(i - 1)! + 2 * value + around[(i + 1) % around.length]!) / 4);

function noTexture(): SpectralMeasures {
  const none = fine.map(() => 0);
  return {
    windows: 0, detail: quantiles.map(() => bands.map(() => 0)), most: none, least: none, anisotropy: none, localAnisotropy: none,
    coarseAnisotropy: [0, 0, 0], angle: 0,
  };
}

/** @param windows whitened power of each window, [band × sectorCount + sector] */
export function measureSpectra(windows: readonly Float64Array[]): SpectralMeasures {
  const cleaned = windows
    .map((powers) => withoutNoise(powers))
    .map((powers) => ({ powers, base: mean(coarse.map((band) => bandPower(powers, band))) }))
    .toSorted((a, b) => b.base - a.base);
  const least = Math.max(leastTexture, 0.01 * (cleaned[0]?.base ?? 0));
  const kept = cleaned.slice(0, Math.max(4, Math.ceil(0.6 * cleaned.length))).filter(({ base }) => base > least);
  if (kept.length === 0) return noTexture();
  const detail = quantiles.map((share) =>
    bands.map((band) => quantile(kept.map(({ powers, base }) => Math.log(bandPower(powers, band) / base)), share)),
  );
  const local = kept.map(({ powers, base }) => ({
    coarsest: levelsOf(powers, base, 0),
    coarse: average(coarse.map((band) => levelsOf(powers, base, band))),
    fine: fine.map((band) => levelsOf(powers, base, band)),
  }));
  const coarseLevels = smooth(average(local.map((window) => window.coarse)));
  const levels = fine.map((_, i) => smooth(average(local.map((window) => window.fine[i]!))));
  const lost = harmonic(average(levels).map((level) => -level));
  const degrees = 180 - (Math.atan2(lost.imaginary, lost.real) * 90) / Math.PI;
  return {
    windows: kept.length,
    detail,
    most: levels.map((around) => Math.max(...around)),
    least: levels.map((around) => Math.min(...around)),
    anisotropy: levels.map((around) => harmonic(subtract(around, coarseLevels)).amplitude),
    localAnisotropy: fine.map((_, i) => mean(local.map((window) => harmonic(subtract(window.fine[i]!, window.coarse)).amplitude))),
    coarseAnisotropy: [
      harmonic(coarseLevels).amplitude,
      mean(local.map((window) => harmonic(window.coarse).amplitude)),
      harmonic(smooth(average(local.map(({ coarsest }) => coarsest)))).amplitude,
    ],
    angle: degrees % 180,
  };
}
