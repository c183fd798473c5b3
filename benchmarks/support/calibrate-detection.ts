import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { blurFeatures, classificationMetrics, measureBlur } from '@deblur/core';
import type { BlurLabel } from '@deblur/core';
import { calibrationCases } from './detection-split.ts';
import { applyClassifier, trainClassifier } from './train-classifier.ts';

interface Measured {
  readonly set: string;
  readonly source: string;
  readonly treatment: string;
  readonly label: BlurLabel;
  readonly features: readonly number[];
}

const labels = ['sharp', 'motion', 'defocus'] as const;

async function measureAll(cache: string | undefined): Promise<Measured[]> {
  if (cache !== undefined && existsSync(cache)) return JSON.parse(await readFile(cache, 'utf8')) as Measured[];
  const measured: Measured[] = [];
  for await (const { image, ...entry } of calibrationCases()) {
    measured.push({ ...entry, features: blurFeatures(await measureBlur(image)) });
    if (measured.length % 50 === 0) console.log(`${measured.length} pictures measured`);
  }
  if (cache !== undefined) await writeFile(cache, JSON.stringify(measured));
  return measured;
}

/**
 * Calibrates the classifier of `detectBlur` on the calibration split and writes its coefficients to
 * `packages/core/src/detection/classifier.json`. GoPro pictures count three times, since there are few. Measuring 1463 pictures
 * takes long.
 *
 * @param cache file that keeps the features; read from there if it exists
 */
export async function calibrateDetection(cache?: string): Promise<void> {
  const measured = await measureAll(cache);
  const examples = measured.map(({ features, label, set }) => ({ features, label: labels.indexOf(label), weight: set.startsWith('gopro') ? 3 : 1 }));
  const classifier = trainClassifier(examples, labels.length, { units: 8, decay: 0.01, iterations: 600, seed: 1 });
  const predicted = examples.map(({ features }) => labels[applyClassifier(classifier, features)]!);
  const { accuracy, macro, confusion } = classificationMetrics(measured.map(({ label }) => label), predicted, labels);
  console.log(`On the ${measured.length} pictures calibrated on: accuracy ${accuracy.toFixed(3)}, macro F1 ${macro.f1.toFixed(3)}, confusion ${JSON.stringify(confusion)}`);
  await writeFile(fileURLToPath(new URL('../../packages/core/src/detection/classifier.json', import.meta.url)), `${JSON.stringify(classifier)}\n`);
}
