import { resolve } from 'node:path';
import { blurMap, changeMap, occlusionMap, strongestPlace } from '@deblur/core';
import { drawExplanation, strongestElsewhere } from '../explain/draw-explanation.ts';
import { forEachInput } from '../report/for-each-input.ts';
import { loadModelOption } from '../inputs/load-model-option.ts';
import { loadPsfOption } from '../inputs/load-psf-option.ts';
import { refuseSameFile } from '../inputs/refuse-same-file.ts';
import type { Deblur, PixelImage, PixelPosition, RestorationMethod, RunOptions, RunResult } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Job } from '../inputs/plan-outputs.ts';
import type { Streams } from '../streams.ts';

/** Options of `deblur explain`, as parsed. */
export interface ExplainCommandOptions {
  readonly output: string;
  readonly method?: RestorationMethod;
  readonly psf?: string;
  readonly noise?: number;
  readonly model: string;
  readonly provider: string;
  readonly scale: NonNullable<RunOptions['scale']>;
  readonly pixel?: PixelPosition;
  readonly window: number;
  readonly grid: number;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What `--json` says of an explained restoration. */
export interface ExplainEntry {
  readonly input: string;
  /** Absolute path of the drawing. */
  readonly output: string;
  readonly method: RunResult['method'];
  /** `id@version`, if a model ran. */
  readonly model?: string;
  /** Root mean square change of a pixel over its channels, as a share of full scale. */
  readonly change: { readonly mean: number; readonly largest: number };
  /** Blur width in pixels: of the median cell, and the widest one. */
  readonly blur: { readonly median: number; readonly widest: number };
  /** The pixel that was explained. */
  readonly pixel: PixelPosition;
  /** Effect of covering each patch on the pixel, as a share of full scale, row by row from the upper left of `window`. */
  readonly influence: {
    readonly window: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
    readonly cell: number;
    readonly strongestElsewhere: number;
    readonly rows: readonly (readonly number[])[];
  };
}

/** Draws what a restoration did to a picture and why. */
export async function explainCommand(
  client: Deblur, input: string, options: ExplainCommandOptions, streams: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { output, json, quiet, verbose, overwrite } = options;
  const run = await runOptionsOf(client, options);
  return forEachInput<Job, ExplainEntry>({
    command: 'explain', jobs: [{ input, output }], json, quiet, verbose, streams, signal, unit: () => 'patches',
    async work(job, onProgress) {
      await refuseSameFile(job.input, job.output);
      const image = await client.read(job.input, { signal });
      const result = await client.run(image, { ...run, signal });
      const settled = settle(run, result);
      const change = changeMap(image, result.image!);
      const blur = await blurMap(image, { signal });
      const pixel = options.pixel ?? strongestPlace(change);
      const restore = async (part: PixelImage): Promise<PixelImage> => (await client.run(part, { ...settled, signal })).image!;
      const occlusion = await occlusionMap(image, pixel, restore, { window: options.window, cells: options.grid, signal, onProgress });
      await client.write(drawExplanation({ image, change, blur, pixel, occlusion }), job.output, { overwrite, signal });
      const { effect, window, cell } = occlusion;
      const widths = blur.data.toSorted();
      return {
        input: job.input, output: resolve(job.output), method: result.method, ...(result.model && { model: `${result.model.id}@${result.model.version}` }),
        change: { mean: change.data.reduce((sum, value) => sum + value, 0) / change.data.length, largest: change.data.reduce((most, value) => Math.max(most, value), 0) },
        blur: { median: widths[widths.length >> 1]!, widest: widths.at(-1)! },
        pixel,
        influence: {
          window, cell, strongestElsewhere: strongestElsewhere(occlusion, pixel),
          rows: Array.from({ length: effect.height }, (_, row) => [...effect.data.subarray(row * effect.width, (row + 1) * effect.width)]),
        },
      };
    },
    describe: ({ output: path, method, model, change, blur, pixel }) => {
      if (quiet) return;
      streams.stderr.write(
        `${input} -> ${path}  ${model ?? method}, change ${change.mean.toFixed(4)} on average, blur ${blur.median.toFixed(1)} px, explained at ${pixel.x},${pixel.y}\n`,
      );
    },
  });
}

async function runOptionsOf(client: Deblur, { method, psf, noise, model, provider, scale }: ExplainCommandOptions): Promise<RunOptions> {
  const chosen = await loadModelOption(client, model);
  const isDenoiser = chosen !== 'auto' && (typeof chosen === 'string' ? client.models.find(chosen) : chosen).manifest.task === 'denoise';
  return {
    method, noise, scale, model: chosen,
    ...(psf !== undefined && { psf: await loadPsfOption(client, psf) }),
    provider: provider === 'auto' ? undefined : provider,
    ...(noise !== undefined && isDenoiser && { parameters: { sigma: noise } }),
  };
}

/** What was measured on the whole picture is kept for its parts, which are too small to measure it again. */
function settle(run: RunOptions, { method, scale, deconvolution, model }: RunResult): RunOptions {
  if (deconvolution) {
    const { method: used, psf, noise, space, parameters } = deconvolution;
    return { ...run, method: used, psf, noise, space, scale, deconvolution: parameters };
  }
  if (method === 'network') return { ...run, method, scale, ...(run.model === 'auto' && model && { model: `${model.id}@${model.version}` }) };
  return run;
}
