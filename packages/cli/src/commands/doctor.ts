import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { exitCodes } from '../exit-codes.ts';
import type { Deblur } from '@deblur/core';
import type { ExitCode } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

const packages = ['@deblur/core', '@deblur/backend-node', '@deblur/plugin-sharp', '@deblur/models', '@deblur/model-maxim', 'onnxruntime-node', 'sharp'];

/** Says what this machine offers: versions, processor, memory, execution providers and why some are not usable. */
export async function doctorCommand(client: Deblur, options: { readonly json: boolean }, { stdout }: Streams): Promise<ExitCode> {
  const report = {
    command: 'doctor',
    versions: { node: process.versions.node, ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])) },
    machine: {
      platform: `${platform()} ${release()}`, arch: arch(), processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(),
    },
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    providers: await client.backend?.probe() ?? [],
    codecs: client.codecs.map(({ id, writes }) => ({ id, writes })),
    models: client.models.list().map(({ manifest }) => `${manifest.id}@${manifest.version}`),
  };
  if (options.json) {
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return exitCodes.success;
  }
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const lines = [
    'Versions', ...Object.entries(report.versions).map(([name, version]) => `  ${name.padEnd(24)} ${version ?? 'not installed'}`),
    'Machine', `  ${report.machine.platform} ${report.machine.arch}, ${report.machine.processor}, ${report.machine.cores} cores`,
    `  ${gib(report.memory.freeBytes)} of ${gib(report.memory.totalBytes)} memory free`,
    'Execution providers', ...report.providers.map(({ provider, available, reason, devices }) =>
      `  ${provider.padEnd(10)} ${available ? `available${devices?.length ? ` (${devices.join(', ')})` : ''}` : `not available: ${reason}`}`),
    'Models', ...report.models.map((model) => `  ${model}`),
  ];
  stdout.write(`${lines.join('\n')}\n`);
  return exitCodes.success;
}

/** Packages may hide their package.json behind `exports`, so it is looked for above their entry point. */
function versionOf(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    for (let folder = dirname(require.resolve(name)); folder !== dirname(folder); folder = dirname(folder)) {
      const file = join(folder, 'package.json');
      if (!existsSync(file)) continue;
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
      if (manifest.name === name) return manifest.version;
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
  }
  return undefined;
}
