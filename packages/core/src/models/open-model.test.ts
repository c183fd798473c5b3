import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import everyMember from './fixtures/every-member.json' with { type: 'json' };
import { AbortedError, ManifestError, ModelNotFoundError } from '../errors/index.ts';
import { findManifestIssues } from './validate-manifest.ts';
import { loadWeights } from './load-weights.ts';
import { openModel } from './open-model.ts';
import type { FileAccess } from './model-package.ts';

const files: FileAccess = { protocols: ['file:'], read: (url) => readFile(url) };
const weights = new TextEncoder().encode('an ONNX file');
const entry = (path: string, precision = 'fp32'): object => ({ path, bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex'), precision });
const manifest = (...listed: object[]): string => JSON.stringify({ ...everyMember, golden: undefined, files: listed });

let directory: string;
const at = (name: string): URL => pathToFileURL(join(directory, name));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'deblur models '));
});
afterEach(() => rm(directory, { recursive: true }));

describe('openModel', () => {
  it.each(['my net.json', 'my net.manifest.json'])('opens an ONNX file with %s beside it', async (name) => {
    await writeFile(at('my net.onnx'), weights);
    await writeFile(at(name), manifest(entry('my net.onnx')));
    const model = await openModel(files, at('my net.onnx'));
    expect(model.manifest.id).toBe('test-net');
    expect((await loadWeights(model)).bytes).toEqual(Buffer.from(weights));
  });

  it('opens a manifest and finds its files beside it', async () => {
    await writeFile(at('net.onnx'), weights);
    await writeFile(at('anything.json'), manifest(entry('net.onnx')));
    const model = await openModel(files, at('anything.json'));
    expect((await loadWeights(model)).file.path).toBe('net.onnx');
  });

  it('puts the file that was named in front', async () => {
    await writeFile(at('net.onnx'), weights);
    await writeFile(at('net.json'), manifest(entry('other.onnx', 'int8'), entry('net.onnx')));
    const model = await openModel(files, at('net.onnx'));
    expect(model.manifest.files.map(({ path }) => path)).toEqual(['net.onnx', 'other.onnx']);
    await expect(openModel(files, at('net.json')).then(({ manifest: { files: [first] } }) => first.path)).resolves.toBe('other.onnx');
  });

  it('says that the manifest is for another file', async () => {
    await writeFile(at('net.json'), manifest(entry('other.onnx')));
    await expect(openModel(files, at('net.onnx'))).rejects.toThrow(/does not list net\.onnx in files; it lists other\.onnx/);
  });

  it('says how to write a missing manifest, with what the file tells', async () => {
    await writeFile(at('net.onnx'), weights);
    const error = await openModel(files, at('net.onnx')).catch((caught: unknown) => caught as ModelNotFoundError) as ModelNotFoundError;
    expect(ModelNotFoundError.isInstance(error)).toBe(true);
    expect(error.message).toMatch(/net\.onnx has no manifest\. Write one beside it as net\.json or net\.manifest\.json: .*manifest\.schema\.json.*"bytes":12/);
    const draft = error.details['draft'] as object;
    expect(findManifestIssues({ ...everyMember, golden: undefined, ...draft })).toEqual([]);
  });

  it('says that there is no such file', async () => {
    await expect(openModel(files, at('none.onnx'))).rejects.toThrow(ModelNotFoundError);
    await expect(openModel(files, at('none.onnx'))).rejects.toThrow(/There is no readable model file .*none\.onnx/);
    await expect(openModel(files, at('none.json'))).rejects.toThrow(ModelNotFoundError);
  });

  it('locates faults of the manifest', async () => {
    await writeFile(at('text.json'), 'not JSON');
    await writeFile(at('picture.json'), Uint8Array.from([0xff, 0xd8, 0xff]));
    await writeFile(at('empty.json'), '{}');
    await expect(openModel(files, at('text.json'))).rejects.toThrow(ManifestError);
    await expect(openModel(files, at('picture.json'))).rejects.toThrow(/picture\.json is not JSON/);
    await expect(openModel(files, at('empty.json'))).rejects.toThrow(/empty\.json has 18 faults: \/specificationVersion: is missing/);
  });

  it('reads a manifest with a byte order mark', async () => {
    await writeFile(at('net.json'), `\uFEFF${manifest(entry('net.onnx'))}`);
    expect((await openModel(files, at('net.json'))).manifest.id).toBe('test-net');
  });

  it('does not hide that no plugin reads such URLs', async () => {
    const refusing: FileAccess = { protocols: ['file:'], read: () => Promise.reject(new Error('no https')) };
    await expect(openModel(refusing, new URL('https://example.org/net.onnx'))).rejects.toThrow('no https');
  });

  it('is aborted', async () => {
    await expect(openModel(files, at('net.onnx'), { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
