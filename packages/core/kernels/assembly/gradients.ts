/** Bytes before a row that hold what lies left of its first column. */
// @ts-ignore: decorator
@inline
const MARGIN: usize = 16;

/** Bytes from row to row of the work space. */
// @ts-ignore: decorator
@inline
function rowBytes(width: usize): usize {
  return width * 4 + 2 * MARGIN;
}

/** The columns that can be loaded four at a time together with their right neighbours. */
// @ts-ignore: decorator
@inline
function inner(width: usize): usize {
  return (width - 1) & ~3;
}

/** Forward differences of a row on the torus; adds their squares to `squares`. */
function differences(row: usize, below: usize, width: usize, across: usize, down: usize, squares: usize): void {
  const whole = inner(width) * 4;
  let x: usize = 0;
  for (; x < whole; x += 16) {
    const here = v128.load(row + x);
    const dx = f32x4.sub(v128.load(row + x, 4), here);
    const dy = f32x4.sub(v128.load(below + x), here);
    v128.store(across + x, dx);
    v128.store(down + x, dy);
    v128.store(squares + x, f32x4.add(v128.load(squares + x), f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy))));
  }
  for (; x < width * 4; x += 4) {
    const here = load<f32>(row + x);
    const dx = load<f32>(x + 4 < width * 4 ? row + x + 4 : row) - here;
    const dy = load<f32>(below + x) - here;
    store<f32>(across + x, dx);
    store<f32>(down + x, dy);
    store<f32>(squares + x, load<f32>(squares + x) + dx * dx + dy * dy);
  }
}

/** Replaces squared lengths by the factors of soft thresholding: 1 − threshold / √(share·square), at least 0. */
function softFactors(squares: usize, width: usize, share: f32, threshold: f32): void {
  const zero = f32x4.splat(0), one = f32x4.splat(1), shares = f32x4.splat(share), thresholds = f32x4.splat(threshold);
  for (let x: usize = 0; x < width * 4; x += 16) {
    const length = f32x4.sqrt(f32x4.mul(shares, v128.load(squares + x)));
    v128.store(squares + x, f32x4.max(zero, f32x4.sub(one, f32x4.div(thresholds, length))));
  }
}

/** Multiplies two rows by factors. */
function scale(across: usize, down: usize, factors: usize, width: usize): void {
  for (let x: usize = 0; x < width * 4; x += 16) {
    const factor = v128.load(factors + x);
    v128.store(across + x, f32x4.mul(factor, v128.load(across + x)));
    v128.store(down + x, f32x4.mul(factor, v128.load(down + x)));
  }
}

/**
 * Replaces planes x by Dxᵀ·s(Dx·x) + Dyᵀ·s(Dy·x), D being forward differences on the torus and s soft thresholding by the root mean
 * square, over the planes, of the gradient lengths.
 *
 * @param planes addresses of the planes, 32 bits each
 * @param work (4·count + 1)·(4·width + 32) bytes
 */
export function shrinkGradients(planes: usize, count: usize, width: usize, height: usize, threshold: f32, work: usize): void {
  const stride = rowBytes(width);
  const squares = work + 4 * count * stride + MARGIN;
  const share = <f32>1 / <f32>count;
  for (let c: usize = 0; c < count; c++) memory.copy(work + 4 * c * stride + MARGIN, load<u32>(planes + c * 4), width * 4);
  // Starts with the last row, for what it passes on to the first.
  for (let step: usize = 0; step <= height; step++) {
    const y = step === 0 ? height - 1 : step - 1;
    memory.fill(squares, 0, stride - MARGIN);
    for (let c: usize = 0; c < count; c++) {
      const row = load<u32>(planes + c * 4) + y * width * 4;
      const first = work + 4 * c * stride + MARGIN;
      differences(row, y === height - 1 ? first : row + width * 4, width, first + stride, first + 2 * stride, squares);
    }
    softFactors(squares, width, share, threshold);
    for (let c: usize = 0; c < count; c++) {
      const across = work + (4 * c + 1) * stride + MARGIN;
      const down = across + stride;
      const above = down + stride;
      scale(across, down, squares, width);
      if (step > 0) {
        store<f32>(across - 4, load<f32>(across + (width - 1) * 4));
        const row = load<u32>(planes + c * 4) + y * width * 4;
        const whole = (width & ~3) * 4;
        let x: usize = 0;
        for (; x < whole; x += 16) {
          const along = f32x4.sub(v128.load(across + x - 4), v128.load(across + x));
          v128.store(row + x, f32x4.add(along, f32x4.sub(v128.load(above + x), v128.load(down + x))));
        }
        for (; x < width * 4; x += 4) {
          const along = load<f32>(across + x - 4) - load<f32>(across + x);
          store<f32>(row + x, along + load<f32>(above + x) - load<f32>(down + x));
        }
      }
      memory.copy(above, down, width * 4);
    }
  }
}

/** Directions of the gradient of a row on the torus, softened in proportion to the values. */
function directions(row: usize, below: usize, width: usize, across: usize, down: usize, softening: f32, least: f32): void {
  const whole = inner(width) * 4;
  const soft = f32x4.splat(softening), plus = f32x4.splat(least);
  let x: usize = 0;
  for (; x < whole; x += 16) {
    const here = v128.load(row + x);
    const dx = f32x4.sub(v128.load(row + x, 4), here);
    const dy = f32x4.sub(v128.load(below + x), here);
    const value = f32x4.mul(soft, f32x4.add(here, plus));
    const length = f32x4.sqrt(f32x4.add(f32x4.mul(value, value), f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy))));
    v128.store(across + x, f32x4.div(dx, length));
    v128.store(down + x, f32x4.div(dy, length));
  }
  for (; x < width * 4; x += 4) {
    const here = load<f32>(row + x);
    const dx = load<f32>(x + 4 < width * 4 ? row + x + 4 : row) - here;
    const dy = load<f32>(below + x) - here;
    const value = softening * (here + least);
    const length = sqrt<f32>(value * value + dx * dx + dy * dy);
    store<f32>(across + x, dx / length);
    store<f32>(down + x, dy / length);
  }
  store<f32>(across - 4, load<f32>(across + (width - 1) * 4));
}

/**
 * Divides factors by 1 − weight·div(∇x/|∇x|), |∇x| softened below softening·(x + least).
 *
 * @param work 3·(4·width + 32) bytes
 */
export function dampByTotalVariation(
  picture: usize, factors: usize, width: usize, height: usize, weight: f32, softening: f32, least: f32, work: usize,
): void {
  const across = work + MARGIN;
  let down = across + rowBytes(width);
  let above = down + rowBytes(width);
  const one = f32x4.splat(1), weights = f32x4.splat(weight);
  const whole = (width & ~3) * 4;
  directions(picture + (height - 1) * width * 4, picture, width, across, above, softening, least);
  for (let y: usize = 0; y < height; y++) {
    const row = picture + y * width * 4;
    directions(row, y === height - 1 ? picture : row + width * 4, width, across, down, softening, least);
    const target = factors + y * width * 4;
    let x: usize = 0;
    for (; x < whole; x += 16) {
      const along = f32x4.sub(v128.load(across + x), v128.load(across + x - 4));
      const divergence = f32x4.add(along, f32x4.sub(v128.load(down + x), v128.load(above + x)));
      v128.store(target + x, f32x4.div(v128.load(target + x), f32x4.sub(one, f32x4.mul(weights, divergence))));
    }
    for (; x < width * 4; x += 4) {
      const divergence = load<f32>(across + x) - load<f32>(across + x - 4) + load<f32>(down + x) - load<f32>(above + x);
      store<f32>(target + x, load<f32>(target + x) / (<f32>1 - weight * divergence));
    }
    const swap = above;
    above = down;
    down = swap;
  }
}
