/** Peak resident memory of a fresh process that restores one JPEG into a PNG, rows streaming through. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makePhotograph } from '../support/photograph.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const cases = [
  { model: 'maxim-s1', width: 1920, height: 1080, target: '≤ 0.8 GB' },
  { model: 'ffdnet-color', width: 5000, height: 5000, target: '' },
  { model: 'ffdnet-color', width: 10000, height: 10000, target: '≤ 1 GB' },
];
const script = fileURLToPath(new URL('../support/restore-once.ts', import.meta.url));
const figures: Figure[] = [];
const peaks = new Map<string, number>();
for (const { model, width, height, target } of cases) {
  const input = await makePhotograph(width, height);
  const output = join(tmpdir(), 'deblur-bench-out.png');
  const args = ['--conditions=@deblur/source', script, input, output, model];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  await rm(output);
  const { peakBytes, seconds, decodedBytes } = JSON.parse(stdout) as { peakBytes: number; seconds: number; decodedBytes: number };
  const subject = `${model}, ${((width * height) / 1e6).toFixed(0)} MP JPEG to PNG`;
  peaks.set(subject, peakBytes);
  figures.push(
    { subject, metric: 'peak resident memory', value: peakBytes / 1e6, unit: 'MB', ...(target && { target }) },
    { subject, metric: 'picture as 8-bit RGB', value: decodedBytes / 1e6, unit: 'MB' },
    { subject, metric: 'time', value: seconds, unit: 's' },
  );
  console.log(`${subject}: ${(peakBytes / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s`);
}
const [small, large] = [peaks.get('ffdnet-color, 25 MP JPEG to PNG')!, peaks.get('ffdnet-color, 100 MP JPEG to PNG')!];
figures.push({ subject: 'ffdnet-color, 100 MP over 25 MP', metric: 'peak memory ratio', value: large / small, unit: '', target: '≤ 1.3' });
await report('memory', figures);
