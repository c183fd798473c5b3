import type { NamedTensors, Tensor } from '@deblur/core';

/** A body of a request or an answer: facts as JSON, and blocks of bytes. */
export interface Message<Facts> {
  readonly facts: Facts;
  readonly blocks: readonly Uint8Array[];
}

/** Tensors without their elements, which travel as blocks in the same order. */
export type TensorList = readonly (Omit<Tensor, 'data'> & { readonly name: string })[];

/** 4 bytes for the length of the JSON text, the text, and the blocks, whose lengths the text holds. Numbers are little-endian. */
export function encodeMessage({ facts, blocks }: Message<unknown>): Uint8Array<ArrayBuffer> {
  const head = Buffer.from(JSON.stringify({ facts, lengths: blocks.map(({ byteLength }) => byteLength) }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.byteLength);
  return Buffer.concat([length, head, ...blocks]);
}

/** Blocks are copies, so that typed arrays can be laid over them. */
export function decodeMessage<Facts>(bytes: Uint8Array): Message<Facts> {
  const start = 4 + Buffer.from(bytes.buffer, bytes.byteOffset, 4).readUInt32LE();
  const { facts, lengths } = JSON.parse(Buffer.from(bytes.subarray(4, start)).toString()) as { facts: Facts; lengths: number[] };
  let at = start;
  return { facts, blocks: lengths.map((length) => bytes.slice(at, at += length)) };
}

export function encodeTensors(tensors: NamedTensors): Message<TensorList> {
  return {
    facts: Object.entries(tensors).map(([name, { type, dims }]) => ({ name, type, dims })),
    blocks: Object.values(tensors).map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  };
}

export function decodeTensors({ facts, blocks }: Message<TensorList>): NamedTensors {
  const arrays = { float32: Float32Array, float16: Uint16Array, uint8: Uint8Array, int64: BigInt64Array };
  return Object.fromEntries(facts.map(({ name, type, dims }, i) => {
    const { buffer, byteLength } = new Uint8Array(blocks[i]!);
    const data = new arrays[type](buffer, 0, byteLength / arrays[type].BYTES_PER_ELEMENT);
    return [name, { type, dims, data }];
  }));
}
