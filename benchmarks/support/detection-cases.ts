import sharp from 'sharp';
import { blur, cameraShakePsf, convolveLayers, createImage, createRandom, diskPsf, gaussianPsf, toLinear, toSrgb } from '@deblur/core';
import type { BlurLabel, PixelImage, SeededRandom } from '@deblur/core';

/** A picture whose blur is known. */
export interface DetectionCase {
  /** What was done to the picture, for example `disk:4.2, noise 0.005`. */
  readonly treatment: string;
  readonly label: BlurLabel;
  readonly image: PixelImage;
}

/** Reads a picture file as 8-bit sRGB without alpha. */
export async function readPicture(path: string): Promise<PixelImage> {
  const { data, info } = await sharp(path).autoOrient().removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return createImage({ width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3, data: new Uint8Array(data) });
}

async function throughJpeg(image: PixelImage, quality: number): Promise<PixelImage> {
  const { width, height, channels } = image;
  const raw = { width, height, channels };
  const bytes = await sharp(image.data as Uint8Array, { raw }).jpeg({ quality }).toBuffer();
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { ...image, data: new Uint8Array(data) };
}

/** Smallest and largest size of the seeded blurs, in pixels. */
const sizes = { motion: [5, 25], shake: [12, 40], disk: [2, 7], gaussian: [1.5, 4] } as const;
const treatments = ['sharp', 'motion', 'disk', 'sharp', 'shake', 'gaussian', 'sharp', 'motion', 'disk', 'sharp', 'shake', 'gaussian'] as const;

/** This version would often be the first one once more; it always passes through JPEG. */
const plainTwin = 6;

function drawPsf(kind: (typeof treatments)[number], random: SeededRandom): { readonly name: string; readonly psf: Parameters<typeof blur>[1]['psf'] } | undefined {
  if (kind === 'sharp') return undefined;
  const [least, most] = sizes[kind];
  const size = Number((least + (most - least) * random.uniform()).toFixed(2));
  if (kind === 'shake') {
    const seed = random.bits();
    return { name: `shake ${size}`, psf: cameraShakePsf({ length: size, seed }) };
  }
  const text = kind === 'motion' ? `motion:${size},${(180 * random.uniform()).toFixed(1)}` : `${kind}:${size}`;
  return { name: text, psf: text };
}

/**
 * Twelve versions of a sharp picture, four of each label, drawn by a seed: unblurred; straight motion of 5–25 pixels and camera
 * shake along 12–40 pixels (motion); disks of radius 2–7 and Gaussians of σ 1.5–4 (defocus). Blurred in linear light. Every second
 * version of a label gets noise of 0.001–0.01 in linear light; one in three, drawn, and one sharp one pass through JPEG of quality
 * 80–95. 8 bits.
 */
export async function* seededVersions(image: PixelImage, seed: number): AsyncGenerator<DetectionCase> {
  const random = createRandom(seed);
  for (const [index, kind] of treatments.entries()) {
    const drawn = drawPsf(kind, random);
    const noise = index % 2 === 1 ? Number((0.001 + 0.009 * random.uniform()).toFixed(4)) : 0;
    const quality = random.uniform() < 1 / 3 ? Math.round(80 + 15 * random.uniform()) : index === plainTwin ? 90 : undefined;
    const steps = [drawn?.name ?? 'none', ...(noise > 0 ? [`noise ${noise}`] : []), ...(quality ? [`JPEG ${quality}`] : [])];
    const blurred = drawn || noise > 0 ? await blur(image, { psf: drawn?.psf ?? 'box:1', noise, seed: random.bits() }) : image;
    yield {
      treatment: steps.join(', '),
      label: kind === 'sharp' ? 'sharp' : kind === 'motion' || kind === 'shake' ? 'motion' : 'defocus',
      image: quality ? await throughJpeg(blurred, quality) : blurred,
    };
  }
}

/** An ellipse of 1 in a plane of 0, with 8 to 50 % of its area, its edge 2 pixels soft. */
function drawSubject(width: number, height: number, random: SeededRandom): Float32Array {
  const share = 0.08 + 0.42 * random.uniform();
  const stretch = 0.6 + 0.8 * random.uniform();
  const radiusX = Math.sqrt((share * width * height * stretch) / Math.PI);
  const radiusY = Math.sqrt((share * width * height) / (Math.PI * stretch));
  const centreX = width * (0.3 + 0.4 * random.uniform());
  const centreY = height * (0.3 + 0.4 * random.uniform());
  return Float32Array.from({ length: width * height }, (_, i) => {
    const distance = Math.hypot(((i % width) - centreX) / radiusX, (Math.floor(i / width) - centreY) / radiusY);
    return Math.min(1, Math.max(0, 0.5 + ((1 - distance) * Math.min(radiusX, radiusY)) / 2));
  });
}

/** Linear light in which what is nearly white in the picture is 3 to 8 times as bright, as lamps and reflections are. */
function withHighlights(image: PixelImage, random: SeededRandom): PixelImage {
  const gain = 3 + 5 * random.uniform();
  const { data, ...rest } = toLinear(image);
  const bright = 0.8;
  return { ...rest, data: Float32Array.from(data, (value) => (value > bright ? value * (1 + ((gain - 1) * (value - bright)) / (1 - bright)) : value)) };
}

/**
 * Five harder versions of a sharp picture, for calibration only: two with a sharp subject before a background out of focus and one
 * as soft as a lens leaves it (Gaussian of σ 0.4–0.8), all three `sharp`; two with highlights cut off after the blur (motion).
 */
export async function* hardVersions(image: PixelImage, seed: number): AsyncGenerator<DetectionCase> {
  const random = createRandom(seed);
  const { width, height } = image;
  for (let i = 0; i < 2; i++) {
    const radius = 3 + 9 * random.uniform();
    const layers = { foreground: image, mask: drawSubject(width, height, random), foregroundPsf: diskPsf(0.3), backgroundPsf: diskPsf(radius) };
    yield { treatment: `background disk:${radius.toFixed(1)}`, label: 'sharp', image: await convolveLayers(layers) };
  }
  const sigma = 0.4 + 0.4 * random.uniform();
  yield { treatment: `gaussian:${sigma.toFixed(2)}`, label: 'sharp', image: await blur(image, { psf: gaussianPsf(sigma), noise: 0.003, seed: random.bits() }) };
  for (const kind of ['shake', 'motion'] as const) {
    const length = kind === 'shake' ? 15 + 60 * random.uniform() : 6 + 24 * random.uniform();
    const psf = kind === 'shake' ? cameraShakePsf({ length, seed: random.bits() }) : `motion:${length},${180 * random.uniform()}`;
    const blurred = await blur(withHighlights(image, random), { psf, noise: 0.001 + 0.009 * random.uniform(), seed: random.bits() });
    yield { treatment: `highlights, ${kind} ${length.toFixed(1)}`, label: 'motion', image: toSrgb(blurred, 'uint8') };
  }
}
