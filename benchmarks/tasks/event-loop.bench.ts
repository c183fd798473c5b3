/**
 * The longest gap of the main thread while a picture is restored from file to file, against an idle process. Modules are
 * loaded and the session is opened by a small picture first.
 */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../support/client.ts';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const figures: Figure[] = [{ subject: 'idle, 5 s', metric: 'longest gap', value: await longestGap(() => sleep(5000)), unit: 'ms' }];
const output = join(tmpdir(), 'deblur-bench-out.jpg');
for (const { model, width, height } of [{ model: 'maxim-s1', width: 1000, height: 700 }, { model: 'ffdnet-color', width: 4000, height: 3000 }]) {
  const client = createClient();
  const input = await makePhotograph(width, height);
  await client.run(await makePhotograph(300, 300), { model, output, encode: { overwrite: true } });
  const value = await longestGap(() => client.run(input, { model, output, encode: { overwrite: true } }));
  await client.dispose();
  await rm(output);
  figures.push({ subject: `${model}, ${((width * height) / 1e6).toFixed(1)} MP JPEG to JPEG`, metric: 'longest gap', value, unit: 'ms', target: '≤ 50' });
}
await report('event-loop', figures);

/** Time between two turns of a 1 ms timer, less that millisecond. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return longest;
}
