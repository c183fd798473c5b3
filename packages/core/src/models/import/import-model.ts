import { checkGraph } from '../../graph/check-graph.ts';
import { chooseRange } from './choose-range.ts';
import { createOperationRegistry } from '../../graph/operation-registry.ts';
import { createTrialNetwork } from './trial-network.ts';
import { describeTensors } from './describe-tensors.ts';
import { draftManifest } from './draft-manifest.ts';
import { findSizeRule } from './find-size-rule.ts';
import { haloOfReach, measureReach } from './measure-reach.ts';
import { makeGolden } from './make-golden.ts';
import { readOnnxHeader } from '../onnx/read-onnx-header.ts';
import { validateManifest } from '../validate-manifest.ts';
import { valueGraphs } from './value-graphs.ts';
import type { Backend } from '../../runtime/backend.ts';
import type { ModelManifest, SizeRule } from '../manifest.ts';
import type { OnnxFile } from './draft-manifest.ts';
import type { FoundHalo } from './measure-reach.ts';
import type { ImportedModel, ImportModelOptions, ImportNote } from './import-options.ts';

/** Half a grey level of 8 bits: what may change at a tile's inner edge without being seen. */
const tolerance = 0.5 / 255;
/** Side of the picture on which the halo is measured, where the network leaves it open. */
const reachSide = 256;
const goldenSide = 64;

/**
 * Makes a model of any ONNX file from one picture to one of the same size: reads names, layouts and types from the file, and finds
 * by running it which sizes it takes, how far it looks (the halo) and what it makes of a test picture (the golden tile). What
 * nobody can know is assumed and said in `notes`.
 *
 * @example
 * ```ts
 * const { manifest, files, notes } = await importModel(backend, { name: 'my.onnx', bytes }, { range: '0-255' });
 * await deblur.run('photo.jpg', { model: { manifest, source: bytesSource(files) } });
 * ```
 * @throws ModelError if it is not an ONNX file or not such a network; UnsupportedError if it cannot be run here
 * @throws InvalidArgumentError if something must be named: one of several inputs, the value of a further one
 * @throws AbortedError
 */
export async function importModel(backend: Backend, file: OnnxFile, options: ImportModelOptions = {}): Promise<ImportedModel> {
  const { signal, onProgress, provider = backend.defaultProviders.at(-1)! } = options;
  const notes: ImportNote[] = [];
  const note = (added: ImportNote): void => void notes.push(added);
  const step = (done: number): void => onProgress?.({ stage: 'load', done, total: 5 });
  step(0);
  const header = readOnnxHeader(file.bytes);
  const described = describeTensors(header, options, note);
  const draft = await draftManifest(file, header, described, options);
  const { image } = described;
  const session = await backend.createSession({ manifest: draft, bytes: file.bytes }, { provider, signal });
  try {
    step(1);
    const network = createTrialNetwork(session, draft, described.outputs, signal);
    const { size, outputs } = await findSizeRule(network, options.size ?? described.fixed);
    const output = described.outputs.find(({ name }) => name === outputs[0])!;
    const tensors = { ...draft.tensors, outputs: [output] };
    noteSizes(size, outputs, header.outputs.length, note);
    step(2);
    const small = sidesOf(size, goldenSide);
    const { range, resemblance } = await chooseRange(network, { ...draft, tensors }, image, small, options, note);
    const graphs = valueGraphs(image, output.name, { range, order: options.order ?? 'rgb', residual: options.residual ?? false });
    const shaped: ModelManifest = { ...draft, tensors, size, ...graphs };
    const restore = (pixels: Uint8Array, width: number, height: number): Promise<Float32Array> => network.restore(shaped, pixels, width, height);
    step(3);
    const large = sidesOf(size, reachSide);
    const startedAt = performance.now();
    const reach = await measureReach(restore, large.width, large.height, image.channels);
    const msPerMegapixel = (performance.now() - startedAt) / 3 / (large.width * large.height / 1e6);
    const found = haloOfReach(reach, tolerance);
    const tiles = tilesOf(found, size, large, note);
    step(4);
    const made = await makeGolden(draft.id, small, image.channels, image.type === 'float32' ? 40 : 30, restore);
    noteRest(shaped, options, note);
    const registry = createOperationRegistry([]);
    const manifest = validateManifest({ ...shaped, ...tiles, golden: made.golden }, { checkGraphs: (checked) => checkGraph(checked, registry) });
    step(5);
    return {
      manifest, notes, files: { [manifest.files[0].path]: file.bytes, ...made.files },
      measured: { reach, resemblance, msPerMegapixel, provider },
    };
  } finally {
    await session.dispose();
  }
}

/** The smallest sides a network takes that are at least `wanted`, or its only ones. */
function sidesOf({ fixed, multipleOf, minimum }: SizeRule, wanted: number): { readonly width: number; readonly height: number } {
  if (fixed) return fixed;
  const side = Math.ceil(Math.max(wanted, minimum) / multipleOf) * multipleOf;
  return { width: side, height: side };
}

function tilesOf(
  { halo: measured, farChange, looksEverywhere }: FoundHalo, { fixed, multipleOf }: SizeRule, { width, height }: { width: number; height: number },
  note: (note: ImportNote) => void,
): Pick<ModelManifest, 'halo' | 'overlap' | 'tiling'> {
  const side = Math.min(width, height);
  // Where no halo makes tiles equal, a wide one costs much and mends little.
  const halo = Math.min(measured, Math.floor(side / (looksEverywhere ? 16 : 4)));
  const wanted = Math.ceil((2 * halo + 16) / multipleOf) * multipleOf;
  const overlap = fixed ? Math.max(2 * halo, Math.min(wanted, Math.floor(side / 2))) : wanted;
  const levels = (change: number): string => `${(change * 255).toFixed(2)} grey levels`;
  const sizes = `Halo ${halo} px, overlap ${overlap} px`;
  if (looksEverywhere) {
    note({
      kind: 'measured',
      message: `The network looks at the whole tile: what is beyond its edge changes far pixels by ${levels(farChange)} (root mean square), and no halo makes tiles equal. `
        + `${sizes} soften seams. Results depend on the tile size; try the size it was trained on.`,
    });
  } else {
    note({ kind: 'measured', message: `${sizes}: beyond the halo a tile's edge changes the result by less than ${levels(tolerance)} (root mean square).` });
    if (measured > halo) note({ kind: 'measured', message: `The network looks ${measured} px far, a halo that would leave little of a tile of ${side} px; seams may show.` });
  }
  return { halo, overlap, tiling: looksEverywhere || measured > halo ? 'discouraged' : 'supported' };
}

function noteSizes({ fixed, multipleOf, minimum, square }: SizeRule, outputs: readonly string[], all: number, note: (note: ImportNote) => void): void {
  note({
    kind: 'measured', option: 'size',
    message: fixed ? `It takes pictures of ${fixed.width}×${fixed.height} only.` : `Sides are multiples of ${multipleOf}, at least ${minimum}${square ? ', and equal' : ''}.`,
  });
  if (outputs.length > 1) note({ kind: 'assumed', option: 'outputName', message: `Outputs ${outputs.join(', ')} have the size of the picture; ${outputs[0]} was taken.` });
  else if (all > 1) note({ kind: 'measured', option: 'outputName', message: `Of ${all} outputs, ${outputs[0]} has the size of the picture.` });
}

function noteRest({ tensors, task, tier }: ModelManifest, { order, residual, licence, task: givenTask, tier: givenTier }: ImportModelOptions, note: (note: ImportNote) => void): void {
  const assume = (option: ImportNote['option'], message: string): void => note({ kind: 'assumed', option, message });
  if (order === undefined && tensors.outputs[0].channels === 3) assume('order', 'Channels were taken as red, green, blue; networks fed by OpenCV may want bgr.');
  if (residual === undefined) assume('residual', 'The output was taken as the picture itself, not as the difference to the input.');
  if (givenTask === undefined || givenTier === undefined) assume('task', `It is listed as task ${task}, tier ${tier}.`);
  if (licence === undefined) assume('licence', 'The licence of the weights is not known; look it up before you ship them.');
}
