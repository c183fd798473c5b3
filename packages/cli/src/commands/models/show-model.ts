import { exitCodes } from '../../exit-codes.ts';
import type { Deblur, ModelManifest } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/** Shows the manifest of one model. @throws ModelNotFoundError */
export async function showModelCommand(client: Deblur, id: string, { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const { manifest, source } = client.models.find(id);
  stdout.write(json ? `${JSON.stringify({ command: 'models show', location: source.location, manifest }, null, 2)}\n` : describe(manifest, source.location));
  return exitCodes.success;
}

function describe(manifest: ModelManifest, location: string): string {
  const { licences, metrics, halo, overlap, size, verification } = manifest;
  const tile = size.fixed ? `${size.fixed.width}×${size.fixed.height} only` : `any, multiples of ${size.multipleOf}`;
  const lines = [
    `${manifest.id}@${manifest.version}: ${manifest.title}`, manifest.description, '',
    `task          ${manifest.task} (${manifest.tier})`,
    `architecture  ${manifest.architecture}`,
    ...(verification ? [`status        ${verification}${verification === 'unverified' ? ': never run by this project; runs only when named, with a warning' : ': run and measured by this project'}`] : []),
    `tile          ${tile}; halo ${halo} px, overlap ${overlap} px`,
    `weights       ${licences.weights.name}, ${licences.weights.spdx}, ${licences.weights.source}`,
    ...licences.data.map(({ name, spdx }) => `trained on    ${name}, ${spdx}`),
    ...manifest.files.map(({ path, precision, bytes, sha256 }) => `file          ${path} (${precision}, ${bytes} bytes, sha256 ${sha256})`),
    ...metrics.map(({ dataset, metric, before, after, command }) => `measured      ${dataset}: ${metric} ${before} -> ${after} (${command})`),
    `location      ${location}`,
  ];
  return `${lines.join('\n')}\n`;
}
