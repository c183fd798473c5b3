import { verifyModel } from '@deblur/core';
import { describeError } from '../report/describe-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Deblur, ModelManifest } from '@deblur/core';
import type { DescribedError } from '../report/describe-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

interface JsonOption {
  readonly json: boolean;
}

/** Lists the models with size, cost and what each is for. */
export async function listModelsCommand(client: Deblur, { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const models = client.models.list().map(({ manifest }) => ({
    id: manifest.id, version: manifest.version, task: manifest.task, tier: manifest.tier, title: manifest.title,
    bytes: manifest.files[0].bytes, macPerPixel: manifest.macPerPixel, metrics: manifest.metrics,
  }));
  if (json) {
    stdout.write(`${JSON.stringify({ command: 'models list', models }, null, 2)}\n`);
    return exitCodes.success;
  }
  for (const { id, version, task, tier, title, bytes, macPerPixel } of models) {
    const cost = macPerPixel === undefined ? '' : `, ${(macPerPixel / 1000).toPrecision(2)} kMAC per pixel`;
    stdout.write(`${`${id}@${version}`.padEnd(24)} ${tier.padEnd(8)} ${task.padEnd(8)} ${title} (${(bytes / 1e6).toFixed(1)} MB${cost})\n`);
  }
  return exitCodes.success;
}

/** Shows the manifest of one model. @throws ModelNotFoundError */
export async function showModelCommand(client: Deblur, id: string, { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const { manifest, source } = client.models.find(id);
  stdout.write(json ? `${JSON.stringify({ command: 'models show', location: source.location, manifest }, null, 2)}\n` : describe(manifest, source.location));
  return exitCodes.success;
}

/** Reads every file of the models and compares size and sha256 with the manifests. */
export async function verifyModelsCommand(
  client: Deblur, ids: readonly string[], { json }: JsonOption, { stdout }: Streams,
): Promise<ExitCode> {
  const models = ids.length > 0 ? ids.map((id) => client.models.find(id)) : client.models.list();
  const checked: { model: string; path: string; error?: DescribedError }[] = [];
  for (const model of models) {
    for (const { file, error } of await verifyModel(model)) {
      checked.push({ model: model.manifest.id, path: file.path, error: error && describeError(error) });
    }
  }
  const failed = checked.filter(({ error }) => error).length;
  if (json) {
    stdout.write(`${JSON.stringify({ command: 'models verify', files: checked, summary: { checked: checked.length, failed } }, null, 2)}\n`);
  } else {
    for (const { model, path, error } of checked) stdout.write(`${error ? 'FAILED' : 'ok    '} ${model} ${path}${error ? `: ${error.message}` : ''}\n`);
  }
  return failed > 0 ? exitCodes.failure : exitCodes.success;
}

function describe(manifest: ModelManifest, location: string): string {
  const { licences, metrics, halo, overlap, size } = manifest;
  const tile = size.fixed ? `${size.fixed.width}×${size.fixed.height} only` : `any, multiples of ${size.multipleOf}`;
  const lines = [
    `${manifest.id}@${manifest.version}: ${manifest.title}`, manifest.description, '',
    `task          ${manifest.task} (${manifest.tier})`,
    `architecture  ${manifest.architecture}`,
    `tile          ${tile}; halo ${halo} px, overlap ${overlap} px`,
    `weights       ${licences.weights.name}, ${licences.weights.spdx}, ${licences.weights.source}`,
    ...licences.data.map(({ name, spdx }) => `trained on    ${name}, ${spdx}`),
    ...manifest.files.map(({ path, precision, bytes, sha256 }) => `file          ${path} (${precision}, ${bytes} bytes, sha256 ${sha256})`),
    ...metrics.map(({ dataset, metric, before, after, command }) => `measured      ${dataset}: ${metric} ${before} -> ${after} (${command})`),
    `location      ${location}`,
  ];
  return `${lines.join('\n')}\n`;
}
