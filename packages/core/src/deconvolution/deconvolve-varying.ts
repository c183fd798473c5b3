import { fromFloatPlanes, toFloatPlanes } from '../blur/float-planes.ts';
import type { FloatPlanes } from '../blur/float-planes.ts';
import { cellWeights, validatePsfGrid } from '../blur/psf-grid.ts';
import type { CellWeights, PsfGrid } from '../blur/psf-grid.ts';
import { refinePsfGrid } from '../blur/refine-psf-grid.ts';
import type { PixelImage } from '../image/pixel-image.ts';
import { sampleTypeOf } from '../image/samples.ts';
import { createSolver } from './create-solver.ts';
import { chooseDeconvolutionParameters } from './deconvolution-parameters.ts';
import { createDeconvolutionPlan } from './deconvolution-plan.ts';
import type { DeconvolutionResult, DeconvolveOptions } from './deconvolve.ts';
import { checkFinite, deconvolvePlanes } from './deconvolve-planes.ts';
import { estimatePlanesNoise } from './estimate-noise.ts';
import { createPacer } from './pacer.ts';

/** Side of a cell in pixels. */
const smallestCell = 48;

/** Part of a plane, half open. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Where a cell counts, and three times the PSF beyond: results nearer to a cut lack context. */
function withContext({ start, weights }: CellWeights, psfSide: number, length: number): Interval {
  return { from: Math.max(0, start - 3 * psfSide), to: Math.min(length, start + weights.length + 3 * psfSide) };
}

/** Cells so small that the PSF hardly changes within one, but not smaller than the PSF; one PSF along an axis stays one. */
function refine(grid: PsfGrid, width: number, height: number): PsfGrid {
  const side = Math.max(smallestCell, ...grid.psfs.map((psf) => Math.max(psf.width, psf.height)));
  const finer = (count: number, length: number): number => (count === 1 ? 1 : Math.max(count, Math.round(length / side)));
  return refinePsfGrid(grid, finer(grid.columns, width), finer(grid.rows, height));
}

function cut({ width, planes }: FloatPlanes, across: Interval, down: Interval): FloatPlanes {
  const size = { width: across.to - across.from, height: down.to - down.from };
  return {
    ...size,
    planes: planes.map((plane) => {
      const part = new Float32Array(size.width * size.height);
      for (let y = 0; y < size.height; y++) {
        const at = (down.from + y) * width;
        part.set(plane.subarray(at + across.from, at + across.to), y * size.width);
      }
      return part;
    }),
  };
}

/**
 * Undoes a blur that varies over the picture. The PSFs are interpolated, as `convolveVarying` does, for cells not much larger than the
 * PSF; the part around each cell is deconvolved with the cell's PSF, and neighbouring parts are blended. What PSFs call their centre
 * must be the same point of the blur, or the parts are displaced against each other.
 *
 * @param given PSFs of one to a few cells, for example of `estimatePsfGrid`
 *
 * @example
 * const { image } = await deconvolveVarying(photo, { columns: 2, rows: 1, psfs: [motionPsf(15, 30), motionPsf(9, 10)] });
 * @throws InvalidArgumentError as `deconvolve`, and for a bad grid; AbortedError; OutOfMemoryError
 */
export async function deconvolveVarying(image: PixelImage, given: PsfGrid, options: DeconvolveOptions = {}): Promise<DeconvolutionResult> {
  const { method = 'tv', space = 'linear', boundary, type, implementation, signal } = options;
  validatePsfGrid(given);
  const pace = createPacer(signal);
  await pace();
  const picture = toFloatPlanes(image, space);
  checkFinite(picture);
  const { width, height } = picture;
  const noise = options.noise ?? estimatePlanesNoise(picture.planes, picture);
  const parameters = chooseDeconvolutionParameters(method, noise, options);
  const grid = refine(given, width, height);
  const columns = cellWeights(width, grid.columns);
  const rows = cellWeights(height, grid.rows);
  const sums = picture.planes.map((plane) => new Float32Array(plane.length));
  for (const [index, psf] of grid.psfs.entries()) {
    const column = columns[index % grid.columns]!;
    const row = rows[Math.floor(index / grid.columns)]!;
    if (column.weights.length === 0 || row.weights.length === 0) continue;
    const across = withContext(column, psf.width, width);
    const down = withContext(row, psf.height, height);
    const part = cut(picture, across, down);
    const plan = await createDeconvolutionPlan({
      width: part.width, height: part.height, psf, ...(boundary && { boundary }), ...(implementation && { implementation }),
    });
    try {
      const restored = await deconvolvePlanes(plan, createSolver(plan, method, parameters), part, pace);
      restored.planes.forEach((plane, channel) => {
        const sum = sums[channel]!;
        for (let y = 0; y < row.weights.length; y++) {
          const to = (row.start + y) * width + column.start;
          const from = (row.start + y - down.from) * part.width + column.start - across.from;
          for (let x = 0; x < column.weights.length; x++) sum[to + x]! += row.weights[y]! * column.weights[x]! * plane[from + x]!;
        }
      });
    } finally {
      plan.dispose();
    }
  }
  return { image: fromFloatPlanes({ width, height, planes: sums }, image, space, type ?? sampleTypeOf(image.data)), method, noise, parameters };
}
