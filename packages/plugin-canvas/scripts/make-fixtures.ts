// Writes src/fixtures/pictures.json: small pictures encoded by sharp (libvips) or @napi-rs/canvas, and what sharp reads from them.
// Run from the repository root: npx -c "node packages/plugin-canvas/scripts/make-fixtures.ts"
import { writeFileSync } from 'node:fs';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import sharp from 'sharp';

const [width, height] = [37, 26];

/** Waves of all colours, a hard edge, and opacity from clear to full. */
const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) => {
  const [x, y, c] = [(i >> 2) % width, Math.floor((i >> 2) / width), i % 4];
  if (c === 3) return Math.min(255, Math.round((x * 280) / width));
  return x + y > 40 ? 20 + 70 * c : Math.round(127 + 120 * Math.sin(x / (3 + c)) * Math.cos(y / (5 - c)));
});
const fewColours = rgba.map((value, i) => (i % 4 === 3 ? (value > 100 ? 255 : 60) : value & 0x80));
const source = (data: Uint8Array): sharp.Sharp => sharp(data, { raw: { width, height, channels: 4 } });
const deep = Uint16Array.from(rgba, (value, i) => value * 257 + ((i * 7919) % 251) - 125 * Number(value > 0 && value < 255));

const encoded: Record<string, sharp.Sharp> = {
  losslessWebp: source(rgba).webp({ lossless: true, exact: true, effort: 6 }),
  nearLosslessWebp: source(rgba).webp({ nearLossless: true, quality: 40, effort: 3 }),
  paletteWebp: source(fewColours).webp({ lossless: true, exact: true }),
  lossyWebp: source(rgba).webp({ quality: 80 }),
  avif: source(rgba).avif({ quality: 80, chromaSubsampling: '4:4:4' }),
  interlacedPng: source(rgba).png({ progressive: true }),
  palettePng: source(fewColours).png({ palette: true }),
  interlacedDeepPng: sharp(deep, { raw: { width, height, channels: 4 } }).toColourspace('rgb16').png({ progressive: true }),
};

/** sharp writes no `colr` box without a profile. */
async function taggedAvif(): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const pixels = new ImageData(Uint8ClampedArray.from(rgba, (value, i) => (i % 4 === 3 ? 255 : value)), width, height);
  canvas.getContext('2d').putImageData(pixels, 0, 0);
  return canvas.encode('avif', { quality: 80, chromaSubsampling: 0 });
}

const files: Record<string, Buffer> = { taggedAvif: await taggedAvif() };
for (const [name, pipeline] of Object.entries(encoded)) files[name] = await pipeline.toBuffer();
const pictures: Record<string, object> = {};
for (const [name, file] of Object.entries(files)) {
  const deepPicture = name.includes('Deep');
  const read = sharp(file).toColourspace(deepPicture ? 'rgb16' : 'srgb').raw({ depth: deepPicture ? 'ushort' : 'uchar' });
  if (name === 'taggedAvif') read.ensureAlpha();
  const { data, info } = await read.toBuffer({ resolveWithObject: true });
  pictures[name] = {
    encoded: file.toString('base64'), width: info.width, height: info.height, samples: info.channels, bits: deepPicture ? 16 : 8,
    data: data.toString('base64'),
  };
}
writeFileSync(new URL('../src/fixtures/pictures.json', import.meta.url), `${JSON.stringify(pictures, undefined, 1)}\n`);
