import { open } from 'node:fs/promises';
import { ImageError } from '@deblur/core';
import type { Sharp } from 'sharp';
import { temporaryFailure, writeFailure } from './file-failure.ts';
import type { SharpModule } from './load-sharp.ts';
import type { PictureFacts } from './picture-facts.ts';
import type { PictureSource } from './picture-source.ts';
import { fileStore, memoryStore } from './pixel-store.ts';
import type { PixelStore } from './pixel-store.ts';
import { rowBytes } from './sample-layout.ts';
import type { SampleLayout } from './sample-layout.ts';
import type { TemporaryFiles } from './temporary-files.ts';
import { parseVipsHeader, vipsHeaderBytes } from './vips-file.ts';

const rawDepths = { uint8: 'uchar', uint16: 'ushort', float32: 'float' } as const;

/**
 * Decodes a picture into memory.
 * @throws ImageError if the data is corrupt or truncated
 */
export async function decodeToMemory(sharp: SharpModule, source: PictureSource, facts: PictureFacts): Promise<PixelStore> {
  const pipeline = decoder(sharp, source, facts).raw({ depth: rawDepths[facts.stored.type] });
  const { data, info } = await decoding(source, () => pipeline.toBuffer({ resolveWithObject: true }));
  checkLayout(source, facts.stored, { ...facts.stored, width: info.width, height: info.height, samples: info.channels });
  return memoryStore(data, rowBytes(facts.stored));
}

/**
 * Decodes a picture row by row into a temporary file: memory does not grow with its height.
 * @throws ImageError if the data is corrupt or truncated; OutputError if the temporary folder is full
 */
export async function decodeToFile(
  sharp: SharpModule, source: PictureSource, facts: PictureFacts, files: TemporaryFiles,
): Promise<PixelStore> {
  const path = await files.create('v');
  try {
    await decoding(source, () => decoder(sharp, source, facts).toFile(path), files.folder);
    checkLayout(source, facts.stored, parseVipsHeader(await readHeader(path)));
    const store = await fileStore(path, vipsHeaderBytes, rowBytes(facts.stored));
    return {
      read: (first, count) => store.read(first, count),
      async close(): Promise<void> {
        await store.close();
        await files.remove(path);
      },
    };
  } catch (error) {
    await files.remove(path);
    throw error;
  }
}

/** Values as stored: the profile is not applied, except for spaces core does not have. Orientation is left to the caller. */
function decoder(sharp: SharpModule, source: PictureSource, facts: PictureFacts): Sharp {
  const options = { failOn: 'warning', limitInputPixels: false, limitInputChannels: false, sequentialRead: true };
  const pipeline = sharp(source.input, options as object).toColourspace(facts.space);
  return facts.converted ? pipeline : pipeline.keepIccProfile();
}

async function decoding<T>(source: PictureSource, work: () => Promise<T>, folder?: string): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    if (folder && writeFailure(cause, folder).details['reason'] !== 'unknown') throw temporaryFailure(cause, folder);
    const reason = text.split('\n').find((line) => line.trim().length > 0) ?? 'no reason given';
    throw new ImageError(
      `Cannot read ${source.name}: its data is damaged or cut off (${reason.trim()}). Get an intact copy of the file.`,
      { cause, details: { source: source.name } },
    );
  }
}

function checkLayout(source: PictureSource, expected: SampleLayout, actual: SampleLayout | undefined): void {
  const same =
    actual?.width === expected.width && actual.height === expected.height && actual.samples === expected.samples &&
    actual.type === expected.type;
  if (same) return;
  throw new ImageError(`Cannot read ${source.name}: what was decoded is not what its header declares. Get an intact copy.`, {
    details: { source: source.name, expected, actual },
  });
}

async function readHeader(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return (await file.read(new Uint8Array(vipsHeaderBytes), 0, vipsHeaderBytes, 0)).buffer;
  } finally {
    await file.close();
  }
}
