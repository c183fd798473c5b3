import { DeviceLostError } from '../errors/index.ts';
import { createNetworkProgram } from '../runtime/network-program.ts';
import { tileChangeLimit } from './tile-change-limit.ts';
import type { OperationRegistry } from '../graph/operation-registry.ts';
import type { ModelManifest } from '../models/manifest.ts';
import type { StateMemory } from '../runtime/state-memory.ts';
import type { SessionLease } from '../runtime/session-pool.ts';
import type { Warning } from '../runtime/warning.ts';
import type { PixelFormat, TileProgram, TileSize } from '../runtime/tile-program.ts';
import type { TileRestorer } from './tile-restorer.ts';

/** What a network restorer needs. */
export interface NetworkRestorerOptions {
  readonly lease: SessionLease;
  readonly manifest: ModelManifest;
  readonly operations: OperationRegistry;
  readonly parameters: Readonly<Record<string, number>>;
  readonly warn: (warning: Warning) => void;
  /** Carries states from frame to frame. Default: every run starts from zeros. */
  readonly memory?: StateMemory;
}

/** A network as a tile restorer, and the lease it holds now (another one after a device was lost). */
export interface NetworkRestorer extends TileRestorer {
  readonly lease: SessionLease;
}

/** Providers that gain from running several tiles at once. */
const batching: readonly string[] = ['cuda', 'tensorrt', 'webgpu', 'dml', 'coreml'];
/** Makes a tile restorer of a session. A lost device is replaced once. */
export function createNetworkRestorer(options: NetworkRestorerOptions): NetworkRestorer {
  const { manifest, operations, parameters, warn, memory } = options;
  let lease = options.lease;
  let rebuilding: Promise<SessionLease> | undefined;

  function prepare(source: PixelFormat, tile: TileSize): TileProgram {
    const bind = (): TileProgram => createNetworkProgram({ session: lease.session, manifest, operations, parameters, source, tile, memory });
    let program = bind();
    let boundTo = lease;
    return {
      async run(tiles, signal, places): Promise<Float32Array[]> {
        if (rebuilding) lease = await rebuilding;
        rebind();
        const used = lease;
        try {
          return await program.run(tiles, signal, places);
        } catch (error) {
          if (!DeviceLostError.isInstance(error) || used !== options.lease) throw error;
          await rebuild(error);
          rebind();
          return program.run(tiles, signal, places);
        }
      },
    };

    function rebind(): void {
      if (boundTo === lease) return;
      program = bind();
      boundTo = lease;
    }
  }

  async function rebuild(cause: DeviceLostError): Promise<void> {
    if (!rebuilding) {
      warn({ code: 'session-rebuilt', message: `The session was rebuilt: ${cause.message}` });
      rebuilding = lease.rebuild();
    }
    lease = await rebuilding;
  }

  const dynamicBatch = lease.session.inputs.some(({ name, dims }) => dims[0] === -1 && isImage(manifest, name));
  return {
    size: manifest.size,
    halo: manifest.halo,
    overlap: manifest.overlap,
    memory: manifest.memory,
    batch: dynamicBatch && batching.includes(lease.session.provider) ? 4 : 1,
    changeLimit: tileChangeLimit(manifest, parameters),
    prepare,
    get lease(): SessionLease {
      return lease;
    },
  };
}

function isImage(manifest: ModelManifest, name: string): boolean {
  return manifest.tensors.inputs.some((tensor) => tensor.role === 'image' && tensor.name === name);
}
