import type * as files from 'node:fs/promises';
import type * as paths from 'node:path';
import type * as urls from 'node:url';
import { UnsupportedError } from '@deblur/core';

interface NodeProcess {
  getBuiltinModule?(name: string): unknown;
}

/** True in Node, where files can be read and written. */
export function hasFiles(): boolean {
  const { process } = globalThis as { process?: NodeProcess };
  return typeof process?.getBuiltinModule === 'function' && typeof document === 'undefined';
}

/** A module of Node, without an import that bundlers for browsers would stumble over. */
function builtin(name: string): unknown {
  const { process } = globalThis as { process?: NodeProcess };
  const found = process?.getBuiltinModule?.(name);
  if (!found) throw new UnsupportedError(`${name} is not available here: paths can only be used in Node 20.16 or newer.`);
  return found;
}

export const nodeFiles = (): typeof files => builtin('node:fs/promises') as typeof files;
export const nodePaths = (): typeof paths => builtin('node:path') as typeof paths;
export const nodeUrls = (): typeof urls => builtin('node:url') as typeof urls;
