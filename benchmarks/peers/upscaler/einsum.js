import { engine, registerKernel } from '@tensorflow/tfjs';

/** How each equation of MAXIM becomes a product of two matrices: axes of the first factor, of the second, and of the product. */
const EQUATIONS = {
  'abcg,gf->abcf': { left: [0, 1, 2, 3] },
  'abgd,gf->abdf': { left: [0, 1, 3, 2] },
  'gb,cgef->bcef': { left: [1, 0], right: [1, 0, 2, 3] },
};

const size = (shape) => shape.reduce((product, n) => product * n, 1);

/**
 * Gives the wasm backend of TensorFlow.js the kernel that it lacks and that MAXIM needs, for the three equations that occur.
 * Without it the model does not run on wasm at all.
 */
export function registerEinsum() {
  registerKernel({
    kernelName: 'Einsum', backendName: 'wasm',
    kernelFunc({ inputs, attrs }) {
      const plan = EQUATIONS[attrs.equation];
      if (!plan) throw new Error(`No einsum for ${attrs.equation}`);
      const run = (name, given, options) => engine().runKernel(name, given, options);
      const turn = (x, perm) => (perm === undefined || perm.every((axis, i) => axis === i) ? x : run('Transpose', { x }, { perm }));
      const left = turn(inputs[0], plan.left);
      const right = turn(inputs[1], plan.right);
      const inner = right.shape[0];
      const outer = left.shape.slice(0, -1);
      const rest = right.shape.slice(1);
      const a = run('Reshape', { x: left }, { shape: [1, size(outer), inner] });
      const b = run('Reshape', { x: right }, { shape: [1, inner, size(rest)] });
      const product = run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
      return run('Reshape', { x: product }, { shape: [...outer, ...rest] });
    },
  });
}
