import { createNodeBackend } from '@deblur/backend-node';
import { expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import type { NamedTensors } from '@deblur/core';

/** Longest time in milliseconds in which the event loop did not turn while the work was under way. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 2);
  await work();
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
}

it('leaves the event loop free while maxim-s1 runs a tile: no gap above 50 ms', async () => {
  const models = new URL('../../models/', import.meta.url);
  const manifest = JSON.parse(await readFile(new URL('manifests/maxim-s1.json', models), 'utf8'));
  const bytes = await readFile(new URL('files/maxim-s1.onnx', models));
  const { name, layout } = manifest.tensors.inputs[0];
  const dims = layout === 'NCHW' ? [1, 3, 256, 256] : [1, 256, 256, 3];
  const inputs: NamedTensors = { [name]: { type: 'float32', dims, data: new Float32Array(3 * 256 * 256).fill(0.4) } };

  const backend = createNodeBackend();
  try {
    const session = await backend.createSession({ manifest, bytes }, { provider: 'cpu' });
    await session.run(inputs);
    // Another process may hold the processor for longer than that; a run on the main thread would fail every time.
    const gaps: number[] = [];
    while (gaps.length < 8 && !(Math.min(...gaps) <= 50)) gaps.push(await longestGap(() => session.run(inputs)));
    expect(Math.min(...gaps), `gaps of ${gaps.map(Math.round).join(', ')} ms`).toBeLessThanOrEqual(50);
  } finally {
    await backend.dispose();
  }
}, 240_000);

it('notices a blocked event loop', async () => {
  const gap = await longestGap(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const end = performance.now() + 120;
    while (performance.now() < end);
  });
  expect(gap).toBeGreaterThan(100);
});
