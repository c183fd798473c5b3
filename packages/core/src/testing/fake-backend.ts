import { DisposedError } from '../errors/index.ts';
import { bytesSource } from '../models/bytes-source.ts';
import { sha256 } from '../models/sha256.ts';
import type { GoldenTile, ModelManifest } from '../models/manifest.ts';
import type { ModelPackage } from '../models/model-package.ts';
import type { Backend, Session, SessionModel, SessionOptions } from '../runtime/backend.ts';
import type { NamedTensors, Tensor } from '../runtime/tensor.ts';

/** What a fake session does with its image tensor: N×C×H×W float32 in, the same out. */
export type FakeNetwork = (image: Tensor, inputs: NamedTensors, provider: string) => Float32Array | Promise<Float32Array>;

/** A backend for tests of orchestration: networks are functions, everything that happens is written down. */
export interface FakeBackend extends Backend {
  readonly log: string[];
}

/** Makes a backend whose every session runs `network`; `create` may refuse a provider by throwing. */
export function fakeBackend(
  network: FakeNetwork, providers: readonly string[] = ['cpu'], create: (options: SessionOptions) => void = () => undefined,
): FakeBackend {
  const log: string[] = [];
  return {
    specificationVersion: 1, id: 'fake', defaultProviders: providers, log,
    probe: async () => providers.map((provider) => ({ provider, available: true })),
    async createSession(_model: SessionModel, options): Promise<Session> {
      log.push(`create ${options.provider}`);
      create(options);
      let disposed = false;
      return {
        provider: options.provider,
        inputs: [{ name: 'input', type: 'float32', dims: [-1, 3, -1, -1] }],
        outputs: [{ name: 'output', type: 'float32', dims: [-1, 3, -1, -1] }],
        async run(inputs): Promise<NamedTensors> {
          if (disposed) throw new DisposedError('The fake session was disposed.');
          const image = inputs['input']!;
          log.push(`run ${image.dims.join('x')}`);
          return { output: { type: 'float32', dims: image.dims, data: await network(image, inputs, options.provider) } };
        },
        async dispose(): Promise<void> {
          disposed = true;
          log.push(`dispose ${options.provider}`);
        },
      };
    },
    dispose: async () => undefined,
  };
}

/** The identity network. */
export const identity: FakeNetwork = ({ data }) => (data as Float32Array).slice();

/** A model for fake backends; `golden` adds a golden tile of 8×8 whose expected output is its input. */
export async function fakeModel(changes: Partial<ModelManifest> = {}, golden = false): Promise<ModelPackage> {
  const weights = new Uint8Array([1, 2, 3]);
  const input = Uint8Array.from({ length: 8 * 8 * 3 }, (_, index) => (index * 37) % 256);
  const output = new Uint8Array(Float32Array.from({ length: 4 * 4 * 3 }, (_, index) => {
    const [pixel, channel] = [Math.floor(index / 3), index % 3];
    return input[((2 * Math.floor(pixel / 4)) * 8 + 2 * (pixel % 4)) * 3 + channel]! / 255;
  }).buffer);
  const reference = async (path: string, bytes: Uint8Array): Promise<{ path: string; bytes: number; sha256: string }> =>
    ({ path, bytes: bytes.length, sha256: await sha256(bytes) });
  const tile: GoldenTile = {
    width: 8, height: 8, stride: 2, offset: 0, minimumPsnr: 60,
    input: await reference('in.u8', input), output: await reference('out.f32', output),
  };
  const manifest: ModelManifest = {
    specificationVersion: 1, id: 'fake', version: '1.0.0', title: 'Fake', description: 'For tests.', task: 'motion', tier: 'default',
    architecture: 'none', provenance: 'made in a test', halo: 4, overlap: 16, tiling: 'supported', pre: [], metrics: [],
    licences: { weights: { spdx: 'CC0-1.0', name: 'none', source: 'https://example.org/none' }, data: [] },
    tensors: {
      inputs: [{ name: 'input', role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }],
      outputs: [{ name: 'output', role: 'image', layout: 'NCHW', type: 'float32', channels: 3 }],
    },
    size: { minimum: 8, multipleOf: 8 },
    files: [{ ...await reference('fake.onnx', weights), precision: 'fp32' }],
    ...(golden && { golden: tile }),
    ...changes,
  };
  return { manifest, source: bytesSource({ 'fake.onnx': weights, 'in.u8': input, 'out.f32': output }) };
}
