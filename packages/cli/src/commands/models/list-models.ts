import { createModelCache } from '@deblur/backend-node';
import { exitCodes } from '../../exit-codes.ts';
import { stateOf } from '../../models/model-place.ts';
import type { Deblur, ModelManifest } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

const stateNames = { package: 'here', folder: 'here', cached: 'here', absent: 'to download' } as const;

/** Lists the models with size, cost, measured gain, where they are, and what each is for. */
export async function listModelsCommand(client: Deblur, { json }: JsonOption, { stdout }: Streams): Promise<ExitCode> {
  const cache = createModelCache();
  const models = client.models.list().map((model) => {
    const { id, version, task, tier, title, files, macPerPixel, metrics, verification } = model.manifest;
    return { id, version, task, tier, title, bytes: files[0].bytes, macPerPixel, metrics, verification, state: stateOf(model, cache) };
  });
  const preferred = Object.fromEntries(['auto', 'fast', 'default', 'quality'].map((name) => [name, client.models.find(name).manifest.id]));
  if (json) {
    stdout.write(`${JSON.stringify({ command: 'models list', models, preferred }, null, 2)}\n`);
    return exitCodes.success;
  }
  const rows = models.map((model) => [
    `${model.id}@${model.version}`, model.tier, model.task, `${(model.bytes / 1e6).toFixed(1)} MB`,
    model.macPerPixel === undefined ? '-' : `${Math.round(model.macPerPixel / 1000)}`, gainOf(model), stateNames[model.state],
    `${model.title}${model.verification === 'unverified' ? ' (unverified)' : ''}`,
  ]);
  const table = [['MODEL', 'TIER', 'TASK', 'SIZE', 'GMAC/MP', 'GAIN', 'FILE', 'FOR'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`);
  const names = Object.entries(preferred).map(([name, id]) => `${name} is ${id}`).join(', ');
  stdout.write(
    `\n--model ${names}.\nGMAC/MP: billion multiply-accumulates for a megapixel. GAIN: measured by this project, see deblur models show.\n`
    + 'Models to download are fetched when you name them, or by deblur models add; unverified ones were never run by this project.\n',
  );
  return exitCodes.success;
}

function gainOf({ metrics: [first] }: Pick<ModelManifest, 'metrics'>): string {
  if (!first) return '-';
  const change = first.after - first.before;
  return `${change > 0 ? '+' : ''}${change.toFixed(2)}${first.metric === 'psnr' ? ' dB' : ` ${first.metric}`}`;
}
