/**
 * The methods for a known PSF side by side, to be looked at: ringing, halos, colour fringes, the edges of the frame.
 *
 * Protocol: the upper left 256×200 pixels (so that two edges of the frame are seen) of crops of Kodak pictures, blurred in linear light
 * beyond the crop, so that the frame cuts through the blur, 1 % Gaussian noise, 8 bits; every option at its default, the noise estimated.
 * PSNR over the crop, in encoded values. Written to `docs/images/deconvolution-methods.jpg`.
 *
 *     npm run bench -- deconvolution-sheet
 */
import { blur, crop, psnr } from '@deblur/core';
import type { RestorationMethod } from '@deblur/core';
import { createClient } from '../support/client.ts';
import { contactSheet, writeSheet } from '../support/contact-sheet.ts';
import { sharedData } from '../support/shared-data.ts';

const methods: readonly RestorationMethod[] = ['wiener', 'rl', 'rl-tv', 'tv', 'pnp'];
const cases = [
  { picture: '19', left: 250, top: 150, psf: 'motion:15,30' },
  { picture: '05', left: 200, top: 140, psf: 'disk:4' },
  { picture: '03', left: 120, top: 60, psf: 'camera-shake:20,3' },
] as const;

const client = createClient();
const rows = [];
for (const { picture, left, top, psf } of cases) {
  const area = { left, top, width: 256, height: 200 };
  const photo = await client.read(sharedData(`kodak24/${picture}.png`));
  const sharp = crop(photo, area);
  const blurred = crop(await blur(photo, { psf, noise: 0.01, seed: 1 }), area);
  const row = [{ label: psf, image: sharp }, { label: `blurred ${psnr(blurred, sharp).toFixed(1)}`, image: blurred }];
  for (const method of methods) {
    const image = (await client.run(blurred, { method, psf })).image!;
    row.push({ label: `${method} ${psnr(image, sharp).toFixed(1)}`, image });
  }
  console.log(row.map(({ label }) => label).join('  '));
  rows.push(row);
}
await writeSheet(client, contactSheet(rows), 'deconvolution-methods.jpg');
await client.dispose();
