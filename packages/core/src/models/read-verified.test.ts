import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import everyMember from './fixtures/every-member.json' with { type: 'json' };
import type { DeblurError} from '../errors/index.ts';
import { AbortedError, ImageError, IntegrityError, ModelError, ModelNotFoundError, UnsupportedError } from '../errors/index.ts';
import { bytesSource } from './bytes-source.ts';
import { chooseWeights } from './choose-weights.ts';
import { directorySource } from './directory-source.ts';
import { loadWeights } from './load-weights.ts';
import { modelFromManifest } from './model-from-manifest.ts';
import { packageSource } from './package-source.ts';
import { readVerified } from './read-verified.ts';
import { sha256 } from './sha256.ts';
import { verifyModel } from './verify-model.ts';
import type { FileReference, ModelManifest } from './manifest.ts';
import type { FileAccess, ModelSource } from './model-package.ts';

const content = new TextEncoder().encode('weights of a network');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const reference: FileReference = { path: 'net.onnx', bytes: content.length, sha256: hash(content) };

afterEach(() => vi.unstubAllGlobals());

describe('sha256', () => {
  it('equals what Node computes', async () => {
    for (const bytes of [new Uint8Array(0), content, content.subarray(3, 9), new Uint8Array(100_000).map((_, i) => i % 251)]) {
      expect(await sha256(bytes)).toBe(hash(bytes));
    }
  });

  it('says why where Web Crypto is missing', async () => {
    vi.stubGlobal('crypto', {});
    await expect(sha256(content)).rejects.toThrow(UnsupportedError);
    await expect(readVerified(bytesSource({ 'net.onnx': content }), reference)).rejects.toThrow(/secure contexts.*https/);
  });
});

describe('readVerified', () => {
  it('returns the content', async () => {
    expect(await readVerified(bytesSource({ 'net.onnx': content }), reference)).toBe(content);
  });

  it('refuses another length', async () => {
    const error = await rejection(readVerified(bytesSource({ 'net.onnx': content.subarray(1) }), reference));
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error.message).toMatch(/net\.onnx from bytes .* bytes 19, expected 20\..*Install/);
    expect(error.details).toMatchObject({ file: 'net.onnx', what: 'bytes', expected: 20, actual: 19 });
  });

  it('refuses other content of the same length, on every read', async () => {
    const changed = Uint8Array.from(content);
    const source = bytesSource({ 'net.onnx': changed });
    await readVerified(source, reference);
    changed[7] ^= 1;
    const error = await rejection(readVerified(source, reference));
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error.details).toMatchObject({ what: 'sha256', expected: hash(content), actual: hash(changed) });
  });

  it('says where a file that cannot be read should be', async () => {
    const source: ModelSource = { location: 'somewhere', read: () => Promise.reject(new Error('ENOENT')) };
    const error = await rejection(readVerified(source, reference));
    expect(ModelError.isInstance(error)).toBe(true);
    expect(error.message).toMatch(/net\.onnx cannot be read from somewhere: ENOENT\. See/);
    expect(error.cause).toMatchObject({ message: 'ENOENT' });
  });

  it('passes typed errors on', async () => {
    const typed = new ImageError('typed');
    await expect(readVerified({ location: '', read: () => Promise.reject(typed) }, reference)).rejects.toBe(typed);
  });

  it('is aborted before and during the read', async () => {
    const source: ModelSource = { location: '', read: () => { throw new Error('was read'); } };
    await expect(readVerified(source, reference, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    const controller = new AbortController();
    const slow: ModelSource = {
      location: '',
      async read() {
        controller.abort();
        throw new DOMException('stopped', 'AbortError');
      },
    };
    await expect(readVerified(slow, reference, { signal: controller.signal })).rejects.toThrow(AbortedError);
  });

  it('passes signal and progress to the source', async () => {
    const options = { signal: new AbortController().signal, onProgress: vi.fn() };
    const read = vi.fn(() => Promise.resolve(content));
    await readVerified({ location: '', read }, reference, options);
    expect(read).toHaveBeenCalledWith(reference, { ...options, expected: { bytes: reference.bytes, sha256: reference.sha256 } });
  });
});

describe('sources', () => {
  const asked: string[] = [];
  const files: FileAccess = {
    protocols: ['file:'],
    async read(url) {
      asked.push(url.href);
      return content;
    },
  };

  it('of a directory resolve paths against it and nowhere else', async () => {
    asked.length = 0;
    for (const directory of ['file:///models/net', 'file:///models/net/']) {
      const source = directorySource(new URL(directory), files);
      expect(source.location).toBe('file:///models/net/');
      await source.read({ ...reference, path: 'a/b c.onnx' });
    }
    await directorySource(new URL('file:///models/'), files).read({ ...reference, path: '%2e%2e/x?y#z' });
    expect(asked).toEqual(['file:///models/net/a/b%20c.onnx', 'file:///models/net/a/b%20c.onnx', 'file:///models/%252e%252e/x%3Fy%23z']);
  });

  it('of a package know their files only', async () => {
    asked.length = 0;
    const source = packageSource({ 'net.onnx': new URL('file:///package/files/net.onnx') }, files);
    expect(source.location).toBe('file:///package/files/');
    expect(await source.read(reference)).toBe(content);
    expect(asked).toEqual(['file:///package/files/net.onnx']);
    await expect(source.read({ ...reference, path: 'constructor' })).rejects.toThrow(/no file constructor; it has net\.onnx/);
  });

  it('of bytes know their files only', async () => {
    await expect(bytesSource({}).read({ ...reference, path: 'toString' })).rejects.toThrow(ModelError);
  });
});

describe('weights of a model', () => {
  const fp32 = Uint8Array.from([1, 2, 3]);
  const manifest: ModelManifest = {
    ...(everyMember as ModelManifest),
    golden: undefined,
    files: [{ ...reference, precision: 'int8-stored' }, { path: 'fp32.onnx', bytes: 3, sha256: hash(fp32), precision: 'fp32' }],
  };

  it('are the first of the manifest, or those of the precision asked for', async () => {
    const model = modelFromManifest(manifest, bytesSource({ 'net.onnx': content, 'fp32.onnx': fp32 }));
    expect(await loadWeights(model)).toEqual({ file: manifest.files[0], bytes: content });
    expect(await loadWeights(model, 'fp32')).toEqual({ file: manifest.files[1], bytes: fp32 });
    expect(() => chooseWeights(manifest, 'fp16')).toThrow(ModelNotFoundError);
    expect(() => chooseWeights(manifest, 'fp16')).toThrow(/no fp16 weights; it has int8-stored, fp32/);
  });

  it('are verified one by one', async () => {
    const model = modelFromManifest(manifest, bytesSource({ 'net.onnx': content }));
    const [first, second] = await verifyModel(model);
    expect(first).toEqual({ file: manifest.files[0] });
    expect(second.error?.message).toContain('fp32.onnx were not given');
  });
});

async function rejection(promise: Promise<unknown>): Promise<DeblurError> {
  return promise.then(() => { throw new Error('did not reject'); }, (error: DeblurError) => error);
}
