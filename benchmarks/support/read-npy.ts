import { readFile } from 'node:fs/promises';

/** A 2-D array of NumPy. */
export interface NpyArray {
  readonly width: number;
  readonly height: number;
  /** `height × width` values, row after row. */
  readonly data: Float32Array;
}

/** Reads a 2-D array of little-endian 32-bit floats from a `.npy` file of any format version, in row or column order. */
export async function readNpy(path: string): Promise<NpyArray> {
  const bytes = await readFile(path);
  if (bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw new Error(`${path} is not a .npy file.`);
  const [length, start] = bytes[6] === 1 ? [bytes.readUInt16LE(8), 10] : [bytes.readUInt32LE(8), 12];
  const header = bytes.toString('latin1', start, start + length);
  const shape = /'shape': \((\d+), (\d+)\)/.exec(header);
  if (!shape || !header.includes("'descr': '<f4'")) throw new Error(`${path} is not a 2-D array of 32-bit floats: ${header}`);
  const [height, width] = [Number(shape[1]), Number(shape[2])];
  const begin = bytes.byteOffset + start + length;
  const values = new Float32Array(bytes.buffer.slice(begin, begin + 4 * width * height));
  if (!header.includes("'fortran_order': True")) return { width, height, data: values };
  const data = Float32Array.from(values, (_, i) => values[(i % width) * height + Math.floor(i / width)]!);
  return { width, height, data };
}
