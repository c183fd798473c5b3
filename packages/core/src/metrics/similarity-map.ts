import type { RowLoader } from './row-loader.ts';

/** Two pictures, row by row, of the same shape. */
export interface SimilarityPair {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly first: RowLoader;
  readonly second: RowLoader;
}

/** How local statistics are taken. */
export interface SimilarityWindow {
  /** Separable, symmetric, odd length, sum 1. */
  readonly weights: Float64Array;
  /** What variances and the covariance are multiplied by: n / (n − 1) for sample covariance, else 1. */
  readonly covarianceFactor: number;
  /** `valid`: only places where the window fits; `repeat`: all places, edge pixels repeated. */
  readonly edges: 'valid' | 'repeat';
  /** Filter along the channel axis: output channel × input channel. */
  readonly mixing?: readonly (readonly number[])[];
}

const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/** target[i] = Σ weights[k] · source[i + k·step]; the weights are symmetric. */
function filterAlong(target: Float64Array, source: Float64Array, weights: Float64Array, step: number): void {
  const length = target.length;
  const radius = (weights.length - 1) / 2;
  const centre = radius * step;
  const middle = weights[radius]!;
  for (let i = 0; i < length; i++) target[i] = middle * source[i + centre]!;
  for (let k = 1; k <= radius; k++) {
    const weight = weights[radius + k]!;
    const before = centre - k * step;
    const after = centre + k * step;
    for (let i = 0; i < length; i++) target[i] = target[i]! + weight * (source[i + before]! + source[i + after]!);
  }
}

/** target[i] = Σ weights[k] · rows[k][i]; the weights are symmetric. */
function filterAcross(target: Float64Array, rows: readonly Float64Array[], weights: Float64Array): void {
  const length = target.length;
  const radius = (weights.length - 1) / 2;
  const middle = weights[radius]!;
  const centre = rows[radius]!;
  for (let i = 0; i < length; i++) target[i] = middle * centre[i]!;
  for (let k = 1; k <= radius; k++) {
    const weight = weights[radius + k]!;
    const before = rows[radius - k]!;
    const after = rows[radius + k]!;
    for (let i = 0; i < length; i++) target[i] = target[i]! + weight * (before[i]! + after[i]!);
  }
}

function mixChannels(row: Float64Array, mixing: readonly (readonly number[])[]): void {
  const [red, green, blue] = mixing as readonly [readonly number[], readonly number[], readonly number[]];
  for (let i = 0; i < row.length; i += 3) {
    const r = row[i]!;
    const g = row[i + 1]!;
    const b = row[i + 2]!;
    row[i] = red[0]! * r + red[1]! * g + red[2]! * b;
    row[i + 1] = green[0]! * r + green[1]! * g + green[2]! * b;
    row[i + 2] = blue[0]! * r + blue[1]! * g + blue[2]! * b;
  }
}

/** Repeats the first and last pixel of the middle part of a row over `pixels` places on either side. */
function repeatEdges(row: Float64Array, pixels: number, channels: number): void {
  const margin = pixels * channels;
  const end = row.length - margin;
  for (let i = 0; i < margin; i++) {
    row[i] = row[margin + (i % channels)]!;
    row[end + i] = row[end - channels + (i % channels)]!;
  }
}

/** Means over all places, one of each a channel. */
export interface ChannelSimilarity {
  /** The structural similarity: luminance × contrast and structure. */
  readonly similarity: Float64Array;
  /** Its factor of contrast and structure alone. */
  readonly contrast: Float64Array;
}

/**
 * Means of the structural similarity map of each channel over all places. Works row by row: four maps (both pictures, the sum
 * of their squares, their product) are filtered along x into a ring of as many rows as the window is high, then across it.
 */
export function channelSimilarity(pair: SimilarityPair, window: SimilarityWindow): ChannelSimilarity {
  const { width, height, channels, first, second } = pair;
  const { weights, covarianceFactor, edges, mixing } = window;
  const taps = weights.length;
  const radius = (taps - 1) / 2;
  const margin = edges === 'repeat' ? radius : 0;
  const columns = width + 2 * margin - 2 * radius;
  const plane = (pixels: number): Float64Array => new Float64Array(pixels * channels);
  const input = [0, 1, 2, 3].map(() => plane(width + 2 * margin)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const ring = Array.from({ length: taps }, () => [0, 1, 2, 3].map(() => plane(columns)));
  const output = [0, 1, 2, 3].map(() => plane(columns)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [a, b, squares, products] = input;
  const [meanA, meanB, meanSquares, meanProducts] = output;

  function loadRow(y: number): void {
    first(y, a, margin * channels);
    second(y, b, margin * channels);
    if (margin > 0) {
      repeatEdges(a, margin, channels);
      repeatEdges(b, margin, channels);
    }
    for (let i = 0; i < a.length; i++) {
      const valueA = a[i]!;
      const valueB = b[i]!;
      squares[i] = valueA * valueA + valueB * valueB;
      products[i] = valueA * valueB;
    }
    const slot = ring[y % taps]!;
    input.forEach((map, index) => {
      if (mixing) mixChannels(map, mixing);
      filterAlong(slot[index]!, map, weights, channels);
    });
  }

  const similarity = new Float64Array(channels);
  const contrast = new Float64Array(channels);
  let loaded = 0;
  for (let y = radius - margin; y < height - radius + margin; y++) {
    for (const end = Math.min(y + radius, height - 1); loaded <= end; loaded++) loadRow(loaded);
    const rows = Array.from({ length: taps }, (_, k) => ring[Math.min(Math.max(y + k - radius, 0), height - 1) % taps]!);
    output.forEach((map, index) => filterAcross(map, rows.map((slot) => slot[index]!), weights));
    for (let channel = 0; channel < channels; channel++) {
      let rowSimilarity = 0;
      let rowContrast = 0;
      for (let i = channel; i < meanA.length; i += channels) {
        const product = meanA[i]! * meanB[i]!;
        const power = meanA[i]! * meanA[i]! + meanB[i]! * meanB[i]!;
        const covariance = covarianceFactor * (meanProducts[i]! - product);
        const variances = covarianceFactor * (meanSquares[i]! - power);
        const structure = (2 * covariance + c2) / (variances + c2);
        rowContrast += structure;
        rowSimilarity += ((2 * product + c1) / (power + c1)) * structure;
      }
      similarity[channel]! += rowSimilarity;
      contrast[channel]! += rowContrast;
    }
  }
  const places = columns * (height + 2 * margin - 2 * radius);
  return { similarity: similarity.map((sum) => sum / places), contrast: contrast.map((sum) => sum / places) };
}

/** Mean of the structural similarity map over all places and channels. */
export function meanSimilarity(pair: SimilarityPair, window: SimilarityWindow): number {
  return channelSimilarity(pair, window).similarity.reduce((sum, value) => sum + value, 0) / pair.channels;
}
