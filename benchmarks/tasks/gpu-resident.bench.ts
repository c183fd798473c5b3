/**
 * A picture from bitmap to canvas in Chromium on WebGPU: by way of the processor's memory (createDeblur with webBackend) and on the
 * GPU alone (createGpuRestorer), sessions warm, in one page. Transfers are counted in the workers; what the browser copies for the
 * bitmap and the canvas of the first path comes on top. On SwiftShader, where the processor is the GPU, only the transfers tell.
 *
 *     npm run bench -- gpu-resident
 */
import { openBenchmarkPage } from '../support/browser-page.ts';
import { report } from '../support/results.ts';
import type { Figure } from '../support/results.ts';

const cases = [
  { model: 'two convolutions', width: 192, height: 128, tile: 64, rounds: 3 },
  { model: 'ffdnet-color', width: 96, height: 64, tile: 64, rounds: 1 },
];
const opened = await openBenchmarkPage();
const figures: Figure[] = [];
try {
  for (const example of cases) {
    const { adapter, tiles, readBack, resident, psnr } = await opened.page.evaluate<Measured>(`measureGpuResident(${JSON.stringify(example)})`);
    const subject = `${example.model}, ${example.width}×${example.height}, ${tiles} tiles, ${adapter}`;
    for (const [path, { leastMs, medianMs, transfers }] of [['by the processor', readBack], ['on the GPU', resident]] as const) {
      figures.push(
        { subject, metric: `${path}: least time`, value: leastMs, unit: 'ms' },
        { subject, metric: `${path}: median time`, value: medianMs, unit: 'ms' },
        { subject, metric: `${path}: reads from the GPU a picture`, value: transfers.reads, unit: '' },
        { subject, metric: `${path}: read from the GPU a picture`, value: transfers.readBytes, unit: 'bytes' },
        { subject, metric: `${path}: written to the GPU a picture`, value: transfers.writtenBytes, unit: 'bytes' },
      );
    }
    figures.push({ subject, metric: 'PSNR between the two', value: psnr, unit: 'dB', target: '≥ 60' });
  }
} finally {
  await opened.close();
}
console.log(`Chromium ${opened.version}`);
await report('gpu-resident', figures);

interface MeasuredPath {
  readonly leastMs: number;
  readonly medianMs: number;
  readonly transfers: { readonly reads: number; readonly readBytes: number; readonly writes: number; readonly writtenBytes: number };
}

interface Measured {
  readonly adapter: string;
  readonly tiles: number;
  readonly readBack: MeasuredPath;
  readonly resident: MeasuredPath;
  readonly psnr: number;
}
