import { sha256 } from './sha256.ts';
import type { ModelManifest } from './manifest.ts';

/** The members of a manifest that an ONNX file tells by itself; its author adds the rest. */
export async function manifestDraft(path: string, bytes: Uint8Array): Promise<Pick<ModelManifest, 'specificationVersion' | 'files'>> {
  return {
    specificationVersion: 1,
    files: [{ path, bytes: bytes.byteLength, sha256: await sha256(bytes), precision: 'fp32' }],
  };
}
