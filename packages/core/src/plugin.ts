import type { Codec } from './codec/codec.ts';
import type { TileSolvers } from './deconvolution/tile-solvers.ts';
import type { GraphOperation } from './graph/operation.ts';
import type { FileAccess, ModelPackage } from './models/model-package.ts';
import type { Backend } from './runtime/backend.ts';

/** What an adapter brings. One plugin may bring several things. */
export interface DeblurPlugin {
  readonly specificationVersion: 1;
  /** Short stable name, for messages. */
  readonly id: string;
  /** Executes networks. */
  readonly backend?: Backend;
  /** Reads and writes pictures. */
  readonly codec?: Codec;
  /** Reads model files by URL. */
  readonly files?: FileAccess;
  /** Models to register. A function is called once with access to files. */
  readonly models?: readonly ModelPackage[] | ((files: FileAccess) => readonly ModelPackage[]);
  /** Operations for pre and post graphs. */
  readonly operations?: readonly GraphOperation[];
  /** Deconvolves tiles of one picture at the same time. The first plugin that has some counts; the client disposes all. */
  readonly solvers?: TileSolvers;
}
