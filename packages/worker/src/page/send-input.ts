import type { SentInput } from '../protocol/operations.ts';
import { isPlainObject } from '../protocol/plain-object.ts';

/** Numbers the Blobs of a client, so that its worker knows one it has read before. */
export function createInputSender(): (input: unknown) => SentInput {
  const keys = new WeakMap<Blob, number>();
  let nextKey = 0;
  return (input) => {
    if (typeof Blob !== 'undefined' && input instanceof Blob) {
      const key = keys.get(input) ?? nextKey++;
      keys.set(input, key);
      return { value: input, key };
    }
    return { value: absolute(input) };
  };
}

/** A worker would resolve a relative URL against its own script, and cannot be sent a URL object. */
function absolute(input: unknown): unknown {
  if (input instanceof URL) return input.href;
  if (typeof input !== 'string' || typeof document === 'undefined') return input;
  return URL.canParse(input, document.baseURI) ? new URL(input, document.baseURI).href : input;
}

/** The offscreen canvases among values and in plain objects, which can be sent in no other way than to give them away. */
export function findCanvases(...values: readonly unknown[]): Transferable[] {
  if (typeof OffscreenCanvas === 'undefined') return [];
  const inside = values.flatMap((value) => (isPlainObject(value) ? Object.values(value) : [value]));
  return inside.filter((value) => value instanceof OffscreenCanvas);
}
