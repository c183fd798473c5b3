// Makes samples/known-motion.png: a part of a sharp picture of the demo, blurred by a motion that is known, with a little noise.
// node --conditions=@deblur/source examples/web-playground/make-known-motion.ts
import { readFile, writeFile } from 'node:fs/promises';
import { blur, createDeblur, crop } from '@deblur/core';
import { canvasCodec } from '@deblur/plugin-canvas';

const deblur = createDeblur({ plugins: [canvasCodec()] });
const sharp = await deblur.read(await readFile(new URL('../demo/pictures/keyrings-sharp.png', import.meta.url)));
const part = crop(sharp, { left: 60, top: 20, width: 360, height: 300 });
const blurred = await blur(part, { psf: 'motion:15,30', noise: 0.003, seed: 1 });
const { data } = await deblur.write(blurred, { format: 'png' });
await writeFile(new URL('./samples/known-motion.png', import.meta.url), data!);
