import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sharpCodec } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deblur-temporary-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const description = { width: 64, height: 64, channels: 3, alpha: false, type: 'uint8', transfer: 'srgb' } as const;

function runInChild(script: string, environment: Readonly<Record<string, string>> = {}): string {
  const setup = `
    import { sharpCodec } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    import { readdirSync } from 'node:fs';
    const folder = ${JSON.stringify(folder)};
    const codec = sharpCodec({ temporaryFolder: folder, inMemoryPixels: 0 }).codec;
    const description = ${JSON.stringify(description)};`;
  const child = spawnSync(process.execPath, ['--conditions=@deblur/source', '--input-type=module', '-e', setup + script], {
    encoding: 'utf8', env: { ...process.env, ...environment },
  });
  expect(child.stderr).toBe('');
  return child.stdout;
}

it('has no listeners and no files once all is over', async () => {
  const listeners = process.listenerCount('exit');
  const codec = sharpCodec({ temporaryFolder: folder, inMemoryPixels: 0 }).codec!;
  const writer = await codec.create({ format: 'png' }, description);
  expect(process.listenerCount('exit')).toBe(listeners + 1);
  await writer.write({ ...description, alpha: undefined, data: new Uint8Array(64 * 64 * 3) });
  const { data } = await writer.finish();
  const reader = await codec.open(data);
  await reader.close();
  expect(process.listenerCount('exit')).toBe(listeners);
  expect(await readdir(folder)).toEqual([]);
});

it('removes what is left when the process exits', async () => {
  const output = runInChild(`
    const writer = await codec.create(folder + '/out.png', description);
    await writer.write({ ...description, alpha: undefined, height: 1, data: new Uint8Array(64 * 3) });
    console.log(readdirSync(folder).length);
    process.exit();`);
  expect(Number(output)).toBe(2);
  expect(await readdir(folder)).toEqual([]);
});

it('removes the decoded rows when the signal fires while it decodes', async () => {
  const picture = await sharp({ create: { width: 8000, height: 8000, channels: 3, background: '#789' } }).jpeg().toBuffer();
  const codec = sharpCodec({ temporaryFolder: folder, inMemoryPixels: 0 }).codec!;
  const controller = new AbortController();
  const opening = codec.open(picture, { signal: controller.signal });
  const refused = expect(opening).rejects.toMatchObject({ code: 'aborted', name: 'AbortError' });
  // The picture takes long to decode beside the time between two looks, or the file would be gone between them.
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), { interval: 1 });
  controller.abort();
  await refused;
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]), { timeout: 20_000 });
});

it('writes EXIF no more, but all else, where libvips may not open its own format', async () => {
  const source = join(folder, 'source.jpg');
  const red = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c00' } });
  await writeFile(source, await red.withExif({ IFD0: { Make: 'Deblur' } }).withIccProfile('p3').jpeg().toBuffer());
  const script = `
    const reader = await codec.open(folder + '/source.jpg', { metadata: true });
    const writer = await codec.create({ format: 'jpeg' }, { ...description, icc: reader.icc, metadata: reader.metadata });
    await writer.write(await reader.read(64));
    const { data, warnings } = await writer.finish();
    const again = await codec.open(data, { metadata: true });
    const has = Buffer.from(again.metadata?.exif ?? []).includes('Deblur');
    console.log(JSON.stringify([has, again.icc?.length === reader.icc.length, warnings.length]));
    await again.close();`;
  expect(JSON.parse(runInChild(script))).toEqual([true, true, 0]);
  expect(JSON.parse(runInChild(script, { VIPS_BLOCK_UNTRUSTED: '1' }))).toEqual([false, true, 1]);
  await rm(source);
});
