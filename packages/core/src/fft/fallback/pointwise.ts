/** Calls `visit` with the index of the real part of every number; the imaginary part follows 4 further on. */
function forEachNumber(values: Float32Array, visit: (index: number) => void): void {
  for (let vector = 0; vector < values.length; vector += 8) {
    for (let i = vector; i < vector + 4; i++) visit(i);
  }
}

/** target = a·b, with b conjugated where sign is -1. */
export function multiply(a: Float32Array, b: Float32Array, target: Float32Array, sign: 1 | -1): void {
  forEachNumber(target, (i) => {
    const ar = a[i]!, ai = a[i + 4]!, br = b[i]!, bi = sign * b[i + 4]!;
    target[i] = ar * br - ai * bi;
    target[i + 4] = ar * bi + ai * br;
  });
}

/** target += scale·a·b, with b conjugated where sign is -1. */
export function addProduct(a: Float32Array, b: Float32Array, target: Float32Array, sign: 1 | -1, scale: number): void {
  forEachNumber(target, (i) => {
    const ar = scale * a[i]!, ai = scale * a[i + 4]!, br = b[i]!, bi = sign * b[i + 4]!;
    target[i] = target[i]! + ar * br - ai * bi;
    target[i + 4] = target[i + 4]! + ar * bi + ai * br;
  });
}

/** Every number becomes real + i·imaginary. */
export function fill(target: Float32Array, real: number, imaginary: number): void {
  forEachNumber(target, (i) => {
    target[i] = real;
    target[i + 4] = imaginary;
  });
}

/** target = a / (Re b + offset) */
export function divideByReal(a: Float32Array, b: Float32Array, target: Float32Array, offset: number): void {
  forEachNumber(target, (i) => {
    const divisor = b[i]! + offset;
    target[i] = a[i]! / divisor;
    target[i + 4] = a[i + 4]! / divisor;
  });
}

/** target = a·conj(kernel) / (|kernel|² + noise + weight·Re prior) */
export function wiener(
  a: Float32Array, kernel: Float32Array, prior: Float32Array, target: Float32Array, noise: number, weight: number,
): void {
  forEachNumber(target, (i) => {
    const ar = a[i]!, ai = a[i + 4]!, kr = kernel[i]!, ki = kernel[i + 4]!;
    const divisor = kr * kr + ki * ki + noise + weight * prior[i]!;
    target[i] = (ar * kr + ai * ki) / divisor;
    target[i + 4] = (ai * kr - ar * ki) / divisor;
  });
}

/** target = x·a + y·b */
export function combine(a: Float32Array, x: number, b: Float32Array, y: number, target: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = x * a[i]! + y * b[i]!;
}

/** target = a·b */
export function multiplyReal(a: Float32Array, b: Float32Array, target: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = a[i]! * b[i]!;
}

/** target = a / max(b, floor) */
export function divideReal(a: Float32Array, b: Float32Array, target: Float32Array, floor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = a[i]! / Math.max(b[i]!, floor);
}
