import type { BlurLabel } from './blur-label.ts';
import { blurLabels } from './blur-label.ts';
import classifier from './classifier.json' with { type: 'json' };
import type { BlurMeasures } from './measure-blur.ts';

/** The numbers the classifier of `detectBlur` sees, in its order: for calibrating it anew. */
export function blurFeatures({ blurWidth, reduction, noise, spectrum }: BlurMeasures): number[] {
  const { detail, most, least, anisotropy, localAnisotropy, coarseAnisotropy } = spectrum;
  return [
    ...detail.flat(), ...most, ...least, ...anisotropy, ...localAnisotropy, ...coarseAnisotropy,
    Math.log(blurWidth / reduction + 1), Math.log(noise * noise + 1e-6),
  ];
}

/** Σ weights · inputs + bias of each output. */
function layer(weights: readonly (readonly number[])[], biases: readonly number[], inputs: readonly number[]): number[] {
  return weights.map((row, i) => row.reduce((sum, weight, j) => sum + weight * inputs[j]!, biases[i]!));
}

/**
 * Probabilities of the labels: features standardised and cut to ±4, one hidden layer (tanh), softmax. The coefficients come from
 * `npm run bench -- detection calibrate`.
 */
export function classifyBlur(measures: BlurMeasures): Record<BlurLabel, number> {
  const { mean, deviation, hidden, output } = classifier;
  const inputs = blurFeatures(measures).map((value, i) => Math.min(4, Math.max(-4, (value - mean[i]!) / deviation[i]!)));
  const scores = layer(output.weights, output.biases, layer(hidden.weights, hidden.biases, inputs).map(Math.tanh));
  const largest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - largest));
  const sum = shares.reduce((total, share) => total + share, 0);
  return Object.fromEntries(blurLabels.map((label, i) => [label, shares[i]! / sum])) as Record<BlurLabel, number>;
}
