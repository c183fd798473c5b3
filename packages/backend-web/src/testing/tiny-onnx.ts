/** A convolution with zero padding that keeps the size. */
export interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the kernel, odd. */
  readonly side: number;
  /** outputs × inputs × side × side. */
  readonly weights: Float32Array;
}

/** A convolution that passes the first three channels on and adds pseudo-random weights in ±0.05/√fan-in to all. */
export function makeConvolution(inputs: number, outputs: number, side: number, seed: number): Convolution {
  let state = seed;
  const weights = Float32Array.from({ length: outputs * inputs * side * side }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.05 * (state / 2 ** 31 - 1) / Math.sqrt(inputs * side * side);
  });
  for (let channel = 0; channel < 3; channel++) weights[((channel * inputs + channel) * side + (side >> 1)) * side + (side >> 1)]! += 1;
  return { inputs, outputs, side, weights };
}

/** An ONNX file (opset 17) of convolutions one after the other: `input` 1×C×H×W float32 to `output`, H and W free. */
export function encodeConvolutions(layers: readonly Convolution[]): Uint8Array<ArrayBuffer> {
  const name = (index: number): string => (index === 0 ? 'input' : index === layers.length ? 'output' : `between${index}`);
  const nodes = layers.map(({ side }, i) => message(1, [
    text(1, name(i)), text(1, `weights${i}`), text(2, name(i + 1)), text(4, 'Conv'),
    message(5, [text(1, 'pads'), ...[0, 0, 0, 0].map(() => integer(8, side >> 1)), integer(20, 7)]),
  ]));
  const initializers = layers.map(({ inputs, outputs, side, weights }, i) => message(5, [
    ...[outputs, inputs, side, side].map((size) => integer(1, size)), integer(2, 1), text(8, `weights${i}`),
    bytes(9, new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)),
  ]));
  const picture = (field: number, title: string, channels: number): number[] => message(field, [
    text(1, title), message(2, [message(1, [integer(1, 1), message(2, [
      message(1, [integer(1, 1)]), message(1, [integer(1, channels)]), message(1, [text(2, 'height')]), message(1, [text(2, 'width')]),
    ])])]),
  ]);
  const graph = message(7, [
    ...nodes, text(2, 'tiny'), ...initializers, picture(11, 'input', layers[0]!.inputs), picture(12, 'output', layers.at(-1)!.outputs),
  ]);
  return Uint8Array.from([...integer(1, 8), ...graph, ...message(8, [text(1, ''), integer(2, 17)])]);
}

/** What such a file computes, by loops in float64. `data` is C×H×W. */
export function convolveAll(layers: readonly Convolution[], data: ArrayLike<number>, height: number, width: number): Float64Array {
  return layers.reduce<Float64Array>((planes, layer) => convolve(layer, planes, height, width), Float64Array.from(data));
}

function convolve({ inputs, outputs, side, weights }: Convolution, data: Float64Array, height: number, width: number): Float64Array {
  const radius = side >> 1;
  const result = new Float64Array(outputs * height * width);
  for (let at = 0; at < result.length; at++) {
    const [o, y, x] = [Math.floor(at / (height * width)), Math.floor(at / width) % height, at % width];
    for (let k = 0; k < inputs * side * side; k++) {
      const [c, v, u] = [Math.floor(k / (side * side)), y + (Math.floor(k / side) % side) - radius, x + (k % side) - radius];
      if (v >= 0 && v < height && u >= 0 && u < width) result[at]! += weights[o * inputs * side * side + k]! * data[(c * height + v) * width + u]!;
    }
  }
  return result;
}

// Protocol buffers: a field is its number and kind, then a number, or a length and that many bytes.
function integer(field: number, value: number): number[] {
  return [...variable(field << 3), ...variable(value)];
}

function bytes(field: number, content: ArrayLike<number>): number[] {
  return [...variable((field << 3) | 2), ...variable(content.length), ...Array.from(content)];
}

function text(field: number, content: string): number[] {
  return bytes(field, new TextEncoder().encode(content));
}

function message(field: number, fields: readonly (readonly number[])[]): number[] {
  return bytes(field, fields.flat());
}

function variable(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...variable(value >>> 7)];
}
