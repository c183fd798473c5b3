/**
 * Undoes the blur of a shaken camera by what its gyroscope recorded. A sharp picture is exposed to a synthetic hand-shake, and then
 * restored with PSFs computed from the recording, and, without it, with a PSF estimated from the picture alone.
 */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { addNoise, alignedPsnr, createDeblur, deconvolve, deconvolveVarying, psfToImage } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';
import type { PixelImage } from '@deblur/core';
import { turnsDuring } from './camera-motion.ts';
import { expose } from './expose.ts';
import { recordHandShake } from './hand-shake.ts';
import { psfFromTurns, psfGridFromTurns } from './psf-from-turns.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: 'string', default: join(import.meta.dirname, 'output') }, seed: { type: 'string', default: '3' } },
});
const source = positionals[0] ?? join(import.meta.dirname, '..', 'demo', 'pictures', 'towels-sharp.png');
await mkdir(values.output, { recursive: true });
const deblur = createDeblur({ plugins: [sharpCodec()] });
const sharp = await deblur.read(source);

// A third of a second by hand. The camera turns about all axes; about the optical one, corners move and the middle does not.
const exposure = { start: 0.5, end: 0.83 };
const { motion, recording } = recordHandShake({ seed: Number(values.seed), duration: 1.5, strength: [0.02, 0.02, 0.08] });
const camera = { focalLength: 1200, principalPoint: { x: (sharp.width - 1) / 2, y: (sharp.height - 1) / 2 } };
const exposed = expose(sharp, camera, turnsDuring(motion, exposure, 65));
const blurred = addNoise(exposed, { gaussian: 0.003 }, { seed: 1, type: 'uint8' });

const turns = turnsDuring(recording, exposure);
const psf = psfFromTurns(camera, turns, camera.principalPoint);
const grid = psfGridFromTurns(camera, turns, sharp, 4, 3);
console.log(`PSF in the middle: ${psf.width}x${psf.height} pixels`);
await report('sharp', sharp);
await report('blurred', blurred);
await report('gyroscope, one PSF', (await deconvolve(blurred, psf)).image);
await report('gyroscope, 4x3 PSFs', (await deconvolveVarying(blurred, grid)).image);
await report('blind', (await deblur.run(blurred, { method: 'blind' })).image!);
await save('psf', psfToImage(psf));
await deblur.dispose();
console.log(`Look at ${relative(process.cwd(), values.output)}`);

/** Tells how near a picture comes to the sharp one, and keeps it. Where a picture lies as a whole is not judged: nobody can know. */
async function report(name: string, image: PixelImage): Promise<void> {
  if (image !== sharp) console.log(`${name.padEnd(20)} ${alignedPsnr(image, sharp, { crop: 24 }).toFixed(2)} dB`);
  await save(name.replaceAll(/\W+/g, '-').toLowerCase(), image);
}

async function save(name: string, image: PixelImage): Promise<void> {
  await deblur.write(image, join(values.output, `${name}.png`), { overwrite: true });
}
