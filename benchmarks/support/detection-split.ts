import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linearToSrgb, srgbToLinear } from '@deblur/core';
import type { PixelImage } from '@deblur/core';
import { hardVersions, readPicture, seededVersions } from './detection-cases.ts';
import type { DetectionCase } from './detection-cases.ts';
import { sharedData } from './shared-data.ts';

/** A case and where it comes from. */
export interface SourcedCase extends DetectionCase {
  readonly set: 'kodak' | 'gopro' | 'gopro-video' | 'gb82' | 'clips';
  /** The sharp picture it was made from, or the scene. */
  readonly source: string;
}

async function pictures(folder: string): Promise<string[]> {
  const path = sharedData(folder);
  const names = (await readdir(path)).filter((name) => /\.(png|jpe?g)$/i.test(name)).sort();
  return names.map((name) => join(path, name));
}

type Origin = Pick<SourcedCase, 'set' | 'source'>;

interface SharpPicture extends Origin {
  readonly path: string;
}

/** Kodak pictures of odd (calibration) or even (test) number. */
async function kodakPictures(odd: boolean): Promise<(SharpPicture & { readonly number: number })[]> {
  const all = (await pictures('kodak24')).map((path, i) => ({ path, number: i + 1, set: 'kodak' as const, source: `kodak ${i + 1}` }));
  return all.filter(({ number }) => (number % 2 === 1) === odd);
}

async function* versions(make: typeof seededVersions, { path, set, source }: SharpPicture, seed: number): AsyncGenerator<SourcedCase> {
  for await (const version of make(await readPicture(path), seed)) yield { ...version, set, source };
}

/** Both pictures of each GoPro pair of one scene; blurred ones are means of consecutive frames of a moving camera. */
async function* goproCases(scene: 'GOPR0374' | 'GOPR0477'): AsyncGenerator<SourcedCase> {
  for (const path of await pictures('pairs/gopro240')) {
    if (!path.includes(scene)) continue;
    const label = path.endsWith('_gt.png') ? 'sharp' : 'motion';
    yield { treatment: path.slice(path.indexOf(scene)), label, image: await readPicture(path), set: 'gopro', source: scene };
  }
}

/** The cases the detector is tested on: no picture and no GoPro scene of them is used for calibration. */
export async function* testCases(): AsyncGenerator<SourcedCase> {
  for (const picture of await kodakPictures(false)) yield* versions(seededVersions, picture, picture.number);
  yield* goproCases('GOPR0374');
}

/** Means in linear light of 5–13 consecutive frames of the calibration scene at 240 frames a second, and the middle frames. */
async function* videoCases(): AsyncGenerator<SourcedCase> {
  const frames = await pictures('video/gopr0477');
  for (let start = 0, turn = 0; start + 15 < frames.length; start += 12, turn++) {
    const count = [5, 7, 9, 11, 13][turn % 5]!;
    const images: PixelImage[] = [];
    for (const path of frames.slice(start, start + count)) images.push(await readPicture(path));
    const middle = images[count >> 1]!;
    const data = middle.data.map((_, i) => Math.round((255 * linearToSrgb(images.reduce((sum, image) => sum + srgbToLinear(image.data[i]! / 255), 0) / count))));
    const origin: Origin = { set: 'gopro-video', source: 'GOPR0477' };
    yield { ...origin, treatment: `frame ${start}`, label: 'sharp', image: middle };
    yield { ...origin, treatment: `mean of ${count} from ${start}`, label: 'motion', image: { ...middle, data } };
  }
}

/** Frames of the four clips at these shares of their length. */
async function clipFrames(places: readonly ((count: number) => number)[]): Promise<SharpPicture[]> {
  const found: SharpPicture[] = [];
  for (const source of ['hypersmooth', 'motorbike', 'rafting', 'snowboard']) {
    const frames = await pictures(`video/${source}`);
    found.push(...places.map((place) => ({ path: frames[Math.floor(place(frames.length))]!, set: 'clips' as const, source })));
  }
  return found;
}

/** The cases the detector is calibrated on: 1443 pictures. */
export async function* calibrationCases(): AsyncGenerator<SourcedCase> {
  const kodak = await kodakPictures(true);
  const gb82 = (await pictures('train/gb82')).map((path, i): SharpPicture => ({ path, set: 'gb82', source: `gb82 ${i}` }));
  yield* goproCases('GOPR0477');
  yield* videoCases();
  for (const picture of kodak) yield* versions(seededVersions, picture, picture.number);
  for (const [i, picture] of gb82.entries()) yield* versions(seededVersions, picture, 1001 + i);
  const frames = await clipFrames([() => 3, (count) => count / 2, (count) => count - 4]);
  for (const [i, picture] of frames.entries()) yield* versions(seededVersions, picture, 5000 + 12 * i);
  const middles = await clipFrames([(count) => count / 2]);
  for (const [i, picture] of [...gb82, ...kodak, ...middles].entries()) yield* versions(hardVersions, picture, 9000 + i);
  const more = await clipFrames([(count) => 0.25 * count, (count) => 0.4 * count, (count) => 0.6 * count, (count) => 0.75 * count]);
  for (const [i, picture] of [...more, ...gb82, ...kodak].entries()) yield* versions(seededVersions, picture, 20_000 + i);
}
