/**
 * Blur detection on pictures that were not used for its calibration.
 *
 * Protocol: split by picture. Test: the 12 Kodak pictures of even number in 12 seeded versions each, four of each label (unblurred with
 * and without noise or JPEG; motion: straight 5–25 pixels, camera shake along 12–40; defocus: disks of radius 2–7, Gaussians of σ 1.5–4;
 * every second one with noise), and the four GoPro pairs of scene GOPR0374 (blurred = motion, sharp = sharp). Calibration: the other
 * Kodak pictures and the other GoPro scene, CC0 pictures and video clips (`support/detection-split.ts`). F1 of
 * blurred against sharp counts motion and defocus as blurred; macro F1 is over the three labels. Figures come from
 * `classificationMetrics`. Then, without ground truth, the labels of 100 real blurred photographs (Lai et al. 2016) and 42 sharp ones
 * (Unsplash, many with a soft background), and the processor time (user and system, all threads) for a photograph of 12 megapixels.
 *
 *     npm run bench -- detection
 *     npm run bench -- detection calibrate [features.json]     # makes the classifier's coefficients anew
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { classificationMetrics, detectBlur } from '@deblur/core';
import type { BlurLabel } from '@deblur/core';
import { calibrateDetection } from '../support/calibrate-detection.ts';
import { readPicture } from '../support/detection-cases.ts';
import { testCases } from '../support/detection-split.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';
import { sharedData } from '../support/shared-data.ts';

const labels = ['sharp', 'motion', 'defocus'] as const;
async function testDetection(): Promise<void> {
  const truth: BlurLabel[] = [];
  const predicted: BlurLabel[] = [];
  for await (const { image, label, source, treatment } of testCases()) {
    const found = await detectBlur(image);
    truth.push(label);
    predicted.push(found.label);
    if (found.label !== label) console.log(`${source}, ${treatment}: ${label} taken for ${found.label} (${found.confidence.toFixed(2)})`);
  }

  const three = classificationMetrics(truth, predicted, labels);
  const blurred = (label: BlurLabel): string => (label === 'sharp' ? 'sharp' : 'blurred');
  const two = classificationMetrics(truth.map(blurred), predicted.map(blurred), ['blurred', 'sharp']);
  console.log(`confusion (rows: truth; columns: found; ${labels.join(', ')}):`);
  for (const row of three.confusion) console.log(`  ${row.map((count) => String(count).padStart(4)).join('')}`);

  const subject = 'Kodak even, GOPR0374';
  const figures: Figure[] = [
    { subject, metric: 'pictures', value: truth.length, unit: '' },
    { subject, metric: 'F1 of blurred against sharp', value: two.perLabel[0]!.f1, unit: '', target: '≥ 0.95' },
    { subject, metric: 'precision of blurred', value: two.perLabel[0]!.precision, unit: '' },
    { subject, metric: 'recall of blurred', value: two.perLabel[0]!.recall, unit: '' },
    { subject, metric: 'macro F1 of three labels', value: three.macro.f1, unit: '', target: '≥ 0.95' },
    { subject, metric: 'accuracy of three labels', value: three.accuracy, unit: '' },
    ...three.perLabel.flatMap(({ label, precision, recall, f1 }): Figure[] => [
      { subject, metric: `${label}: precision`, value: precision, unit: '' },
      { subject, metric: `${label}: recall`, value: recall, unit: '' },
      { subject, metric: `${label}: F1`, value: f1, unit: '' },
    ]),
  ];

  for (const [name, folder] of [['real blurred photographs (Lai)', 'real-blur/lai2016'], ['sharp photographs (Unsplash)', 'train/unsplash']] as const) {
    const path = sharedData(folder);
    const files = (await readdir(path)).filter((file) => /\.(png|jpe?g)$/i.test(file)).sort();
    const counts = { sharp: 0, motion: 0, defocus: 0 };
    for (const file of files) counts[(await detectBlur(await readPicture(join(path, file)))).label] += 1;
    for (const label of labels) figures.push({ subject: name, metric: `called ${label}`, value: counts[label], unit: `of ${files.length}` });
  }

  const photograph = await readPicture(await makePhotograph(4000, 3000));
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage();
    await detectBlur(photograph);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1e6);
  }
  figures.push({ subject: '12 MP JPEG, decoded', metric: 'detectBlur, processor time, least of 3', value: Math.min(...times), unit: 's', target: '≤ 2' });
  await report('detection', figures);
}

if (process.argv[2] === 'calibrate') await calibrateDetection(process.argv[3]);
else await testDetection();
