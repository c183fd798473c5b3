/**
 * Time of a whole call, JPEG file to JPEG file, over the sum of raw `session.run` on as many tiles of the same shape with
 * the same threads. Raw tiles and whole calls take turns (raw, whole, raw, whole, raw …), all tiles each time, and each
 * call is held against the mean of the raw sums before and after it: the speed of shared machines drifts by a quarter
 * within seconds, and a few tiles say little.
 */
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../support/client.ts';
import { createRawSession } from '../support/raw-session.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const threads = availableParallelism();
const cases = [
  { model: 'maxim-s1', width: 1920, height: 1080, rounds: 3 },
  { model: 'ffdnet-color', width: 4000, height: 3000, rounds: 3 },
];
const figures: Figure[] = [];
for (const { model, width, height, rounds } of cases) {
  const client = createClient();
  const input = await makePhotograph(width, height);
  const output = join(tmpdir(), 'deblur-bench-out.jpg');
  const subject = `${model}, ${((width * height) / 1e6).toFixed(0)} MP JPEG to JPEG`;
  const { tiles } = await client.run(input, { model, threads, output, encode: { overwrite: true } });
  const raw = await createRawSession(client.models.find(model), tiles.width, tiles.height, threads);
  await raw.run();
  const ratios: number[] = [];
  const whole: number[] = [];
  let before = await sumOfRuns(raw, tiles.count);
  for (let round = 0; round < rounds; round++) {
    const { timings } = await client.run(input, { model, threads, output, encode: { overwrite: true } });
    const after = await sumOfRuns(raw, tiles.count);
    ratios.push((2 * timings.totalMs) / (before + after));
    whole.push(timings.totalMs / 1000);
    console.log(`${subject}: ${tiles.count} tiles of ${tiles.width}x${tiles.height}, raw ${(before / 1000).toFixed(1)} and ${(after / 1000).toFixed(1)} s, whole ${whole.at(-1)!.toFixed(1)} s, ratio ${ratios.at(-1)!.toFixed(3)}`);
    before = after;
  }
  await raw.release();
  await client.dispose();
  await rm(output);
  figures.push(
    { subject, metric: 'whole call over raw session.run, median', value: median(ratios), unit: '', target: '≤ 1.10' },
    { subject, metric: 'whole call, median', value: median(whole), unit: 's' },
    { subject, metric: 'speed', value: (width * height) / 1e6 / median(whole), unit: 'MP/s' },
  );
}
await report('end-to-end', figures);

async function sumOfRuns(session: { run(): Promise<number> }, tiles: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < tiles; i++) sum += await session.run();
  return sum;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
