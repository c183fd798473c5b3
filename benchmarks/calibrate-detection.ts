/**
 * Calibrates the classifier of `detectBlur` and writes its coefficients to `packages/core/src/detection/classifier.json`. From the root:
 *
 *     npx -c "node --conditions=@deblur/source benchmarks/calibrate-detection.ts [features.json]"
 *
 * Measures the calibration split (`support/detection-split.ts`; none of its pictures is in the test split), which takes a quarter of
 * an hour; the features are kept in the file named and read from there the next time. GoPro pictures count three times, since there are few.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { blurFeatures, classificationMetrics, measureBlur } from '@deblur/core';
import type { BlurLabel } from '@deblur/core';
import { calibrationCases } from './support/detection-split.ts';
import { applyClassifier, trainClassifier } from './support/train-classifier.ts';

interface Measured {
  readonly set: string;
  readonly source: string;
  readonly treatment: string;
  readonly label: BlurLabel;
  readonly features: readonly number[];
}

const labels = ['sharp', 'motion', 'defocus'] as const;
const cache = process.argv[2];

async function measureAll(): Promise<Measured[]> {
  if (cache !== undefined && existsSync(cache)) return JSON.parse(await readFile(cache, 'utf8')) as Measured[];
  const measured: Measured[] = [];
  for await (const { image, ...entry } of calibrationCases()) {
    measured.push({ ...entry, features: blurFeatures(await measureBlur(image)) });
    if (measured.length % 50 === 0) console.log(`${measured.length} pictures measured`);
  }
  if (cache !== undefined) await writeFile(cache, JSON.stringify(measured));
  return measured;
}

const measured = await measureAll();
const examples = measured.map(({ features, label, set }) => ({ features, label: labels.indexOf(label), weight: set.startsWith('gopro') ? 3 : 1 }));
const classifier = trainClassifier(examples, labels.length, { units: 8, decay: 0.01, iterations: 600, seed: 1 });
const predicted = examples.map(({ features }) => labels[applyClassifier(classifier, features)]!);
const { accuracy, macro, confusion } = classificationMetrics(measured.map(({ label }) => label), predicted, labels);
console.log(`On the ${measured.length} pictures calibrated on: accuracy ${accuracy.toFixed(3)}, macro F1 ${macro.f1.toFixed(3)}, confusion ${JSON.stringify(confusion)}`);
await writeFile(fileURLToPath(new URL('../packages/core/src/detection/classifier.json', import.meta.url)), `${JSON.stringify(classifier)}\n`);
