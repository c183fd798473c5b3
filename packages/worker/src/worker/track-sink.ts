import type { SinkChanges } from '../protocol/operations.ts';
import { isPlainObject } from '../protocol/plain-object.ts';
import type { Answer } from './operation-context.ts';

/**
 * Watches a sink that takes what is written as a property, such as `blobSink()`. The function it gives back tells what was set.
 */
export function trackSink(sink: unknown): () => Answer<SinkChanges | undefined> {
  if (!isPlainObject(sink)) return () => ({ value: undefined });
  const before = { ...sink };
  return () => {
    const changed = Object.entries(sink).filter(([name, value]) => before[name] !== value);
    if (changed.length === 0) return { value: undefined };
    return { value: Object.fromEntries(changed), transfer: changed.flatMap(([, value]) => ownedParts(value)) };
  };
}

function ownedParts(value: unknown): Transferable[] {
  if (typeof ImageBitmap !== 'undefined' && value instanceof ImageBitmap) return [value];
  if (typeof ImageData !== 'undefined' && value instanceof ImageData) return [value.data.buffer];
  return [];
}
