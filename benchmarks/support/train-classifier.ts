import { createRandom } from '@deblur/core';

/** One fully connected layer. */
export interface Layer {
  readonly weights: number[][];
  readonly biases: number[];
}

/** What `packages/core/src/detection/classifier.json` holds. */
export interface Classifier {
  readonly mean: number[];
  readonly deviation: number[];
  readonly hidden: Layer;
  readonly output: Layer;
}

/** One example: features, index of the true class, how much it counts. */
export interface Example {
  readonly features: readonly number[];
  readonly label: number;
  readonly weight: number;
}

/** Settings of the training; the defaults made the committed coefficients. */
export interface TrainingOptions {
  readonly units: number;
  /** Factor of half the squared weights in the loss, which is the mean cross entropy. */
  readonly decay: number;
  readonly iterations: number;
  readonly seed: number;
}

/** Mean and standard deviation of each feature. */
function standardise(examples: readonly Example[]): Pick<Classifier, 'mean' | 'deviation'> {
  const count = examples.length;
  const mean = examples[0]!.features.map((_, j) => examples.reduce((sum, { features }) => sum + features[j]!, 0) / count);
  const deviation = mean.map((centre, j) => Math.sqrt(examples.reduce((sum, { features }) => sum + (features[j]! - centre) ** 2, 0) / count) || 1);
  return { mean, deviation };
}

/**
 * Trains one hidden layer (tanh) and a softmax by Adam on all examples at once, inputs standardised and cut to ±4. The same examples
 * and options give the same coefficients, which are rounded to four digits.
 */
export function trainClassifier(examples: readonly Example[], classes: number, { units, decay, iterations, seed }: TrainingOptions): Classifier {
  const { mean, deviation } = standardise(examples);
  const inputs = mean.length;
  const count = examples.length;
  const rows = Float64Array.from(examples.flatMap(({ features }) => features.map((value, j) => Math.min(4, Math.max(-4, (value - mean[j]!) / deviation[j]!)))));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const random = createRandom(seed);
  const hiddenSize = units * inputs;
  const outputAt = hiddenSize + units;
  const biasAt = outputAt + classes * units;
  const parameters = new Float64Array(biasAt + classes);
  for (let i = 0; i < hiddenSize; i++) parameters[i] = random.normal() / Math.sqrt(inputs);
  for (let i = outputAt; i < biasAt; i++) parameters[i] = random.normal() / Math.sqrt(units);
  const isWeight = (i: number): boolean => i < hiddenSize || (i >= outputAt && i < biasAt);
  const gradient = new Float64Array(parameters.length);
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  const activity = new Float64Array(units);
  const errors = new Float64Array(classes);

  for (let step = 1; step <= iterations; step++) {
    for (let i = 0; i < gradient.length; i++) gradient[i] = isWeight(i) ? decay * parameters[i]! : 0;
    for (let n = 0; n < count; n++) {
      const start = n * inputs;
      for (let u = 0; u < units; u++) {
        let sum = parameters[hiddenSize + u]!;
        for (let j = 0; j < inputs; j++) sum += parameters[u * inputs + j]! * rows[start + j]!;
        activity[u] = Math.tanh(sum);
      }
      let largest = -Infinity;
      for (let c = 0; c < classes; c++) {
        let sum = parameters[biasAt + c]!;
        for (let u = 0; u < units; u++) sum += parameters[outputAt + c * units + u]! * activity[u]!;
        errors[c] = sum;
        largest = Math.max(largest, sum);
      }
      let shares = 0;
      for (let c = 0; c < classes; c++) shares += errors[c] = Math.exp(errors[c]! - largest);
      const { label, weight } = examples[n]!;
      for (let c = 0; c < classes; c++) errors[c] = ((errors[c]! / shares - (c === label ? 1 : 0)) * weight) / total;
      for (let u = 0; u < units; u++) {
        let back = 0;
        for (let c = 0; c < classes; c++) {
          gradient[outputAt + c * units + u]! += errors[c]! * activity[u]!;
          back += errors[c]! * parameters[outputAt + c * units + u]!;
        }
        back *= 1 - activity[u]! ** 2;
        gradient[hiddenSize + u]! += back;
        for (let j = 0; j < inputs; j++) gradient[u * inputs + j]! += back * rows[start + j]!;
      }
      for (let c = 0; c < classes; c++) gradient[biasAt + c]! += errors[c]!;
    }
    const rate = 0.02 * (1 - (0.95 * step) / iterations);
    for (let i = 0; i < parameters.length; i++) {
      first[i] = 0.9 * first[i]! + 0.1 * gradient[i]!;
      second[i] = 0.999 * second[i]! + 0.001 * gradient[i]! ** 2;
      parameters[i]! -= (rate * (first[i]! / (1 - 0.9 ** step))) / (Math.sqrt(second[i]! / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  const rounded = (from: number, to: number): number[] => [...parameters.subarray(from, to)].map((value) => Number(value.toPrecision(4)));
  return {
    mean: mean.map((value) => Number(value.toPrecision(5))),
    deviation: deviation.map((value) => Number(value.toPrecision(5))),
    hidden: {
      weights: Array.from({ length: units }, (_, u) => rounded(u * inputs, (u + 1) * inputs)),
      biases: rounded(hiddenSize, outputAt),
    },
    output: {
      weights: Array.from({ length: classes }, (_, c) => rounded(outputAt + c * units, outputAt + (c + 1) * units)),
      biases: rounded(biasAt, biasAt + classes),
    },
  };
}

/** Index of the class that a classifier gives features. */
export function applyClassifier({ mean, deviation, hidden, output }: Classifier, features: readonly number[]): number {
  const inputs = features.map((value, j) => Math.min(4, Math.max(-4, (value - mean[j]!) / deviation[j]!)));
  const apply = ({ weights, biases }: Layer, values: readonly number[]): number[] =>
    weights.map((row, i) => row.reduce((sum, weight, j) => sum + weight * values[j]!, biases[i]!));
  const scores = apply(output, apply(hidden, inputs).map(Math.tanh));
  return scores.indexOf(Math.max(...scores));
}
