/**
 * Time of a whole call, JPEG file to JPEG file, over the sum of raw `session.run` on the same number of tiles of the same
 * shape with the same threads. Raw tiles are timed before, between and after the calls, so that a machine whose speed
 * drifts does not decide the ratio.
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
  { model: 'maxim-s1', width: 1920, height: 1080, rounds: 2 },
  { model: 'ffdnet-color', width: 4000, height: 3000, rounds: 3 },
];
const figures: Figure[] = [];
for (const { model, width, height, rounds } of cases) {
  const client = createClient();
  const input = await makePhotograph(width, height);
  const output = join(tmpdir(), 'deblur-bench-out.jpg');
  await client.run(await client.read(await makePhotograph(300, 300)), { model, threads });
  const subject = `${model}, ${((width * height) / 1e6).toFixed(0)} MP JPEG to JPEG`;
  const ratios: number[] = [];
  const whole: number[] = [];
  let raw: Awaited<ReturnType<typeof createRawSession>> | undefined;
  for (let round = 0; round < rounds; round++) {
    const before = raw ? await time(raw, 6) : undefined;
    const result = await client.run(input, { model, threads, output, encode: { overwrite: true } });
    const tile = result.tiles;
    raw ??= await createRawSession(client.models.find(model), tile.width, tile.height, threads);
    if (round === 0) await raw.run();
    const after = await time(raw, 6);
    const perTile = before === undefined ? after : (before + after) / 2;
    ratios.push(result.timings.restoreMs / (perTile * tile.count));
    whole.push(result.timings.totalMs / 1000);
    console.log(`${subject}: ${tile.count} tiles of ${tile.width}x${tile.height}, ${whole.at(-1)!.toFixed(1)} s, ratio ${ratios.at(-1)!.toFixed(3)}`);
  }
  await raw?.release();
  await client.dispose();
  await rm(output);
  figures.push(
    { subject, metric: 'whole call over raw session.run, median', value: median(ratios), unit: '', target: '≤ 1.10' },
    { subject, metric: 'whole call, median', value: median(whole), unit: 's' },
    { subject, metric: 'speed', value: (width * height) / 1e6 / median(whole), unit: 'MP/s' },
  );
}
await report('end-to-end', figures);

async function time(session: { run(): Promise<number> }, tiles: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < tiles; i++) times.push(await session.run());
  return times.reduce((sum, value) => sum + value, 0) / times.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
