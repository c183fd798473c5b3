import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { importModel, ModelNotFoundError, OutputError, UnsupportedError } from '@deblur/core';
import { exitCodes } from '../../exit-codes.ts';
import type { Deblur, ImportedModel, ImportModelOptions, ImportNote } from '@deblur/core';
import type { ExitCode } from '../../exit-codes.ts';
import type { JsonOption } from './json-option.ts';
import type { Streams } from '../../streams.ts';

/** Options of `deblur models import`, as parsed. */
export interface ImportCommandOptions extends JsonOption, Omit<ImportModelOptions, 'parameters' | 'provider' | 'signal' | 'onProgress'> {
  /** Folder to write. Default: the file's name without its ending. */
  readonly output?: string;
  readonly parameter?: Readonly<Record<string, number>>;
  readonly provider: string;
  readonly overwrite: boolean;
  readonly quiet: boolean;
}

const manifestName = 'manifest.json';

/** Makes a model folder of an ONNX file: the file, a manifest, and a golden tile. */
export async function importModelCommand(
  client: Deblur, path: string, options: ImportCommandOptions, { stdout, stderr }: Streams, signal: AbortSignal,
): Promise<ExitCode> {
  const { output, overwrite, json, quiet, parameter, provider, ...told } = options;
  if (!client.backend) throw new UnsupportedError('Importing needs a backend that runs networks.');
  const folder = resolve(output ?? basename(path).replace(/\.onnx$/i, ''));
  if (existsSync(join(folder, manifestName)) && !overwrite) {
    throw new OutputError(`${join(folder, manifestName)} is there already. Name another folder with -o, or give --overwrite.`);
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new ModelNotFoundError(`${path} cannot be read: ${(error as Error).message}.`, { cause: error });
  });
  const imported = await importModel(client.backend, { name: basename(path), bytes }, {
    ...told, parameters: parameter, ...(provider !== 'auto' && { provider }), signal,
  });
  await writeFolder(folder, imported);
  const { manifest, notes, measured } = imported;
  if (json) stdout.write(`${JSON.stringify({ command: 'models import', folder, manifest, notes, measured }, null, 2)}\n`);
  if (!quiet) {
    for (const note of notes) stderr.write(`${describe(note)}\n`);
    stderr.write(`Took ${Math.round(measured.msPerMegapixel)} ms for a megapixel on ${measured.provider}.\n`);
    stderr.write(`Written to ${folder}. Try it: deblur run photo.jpg --model ${output ?? `./${basename(folder)}`}${/[\\/]/.test(output ?? '/') ? '' : '/'}\n`);
  }
  return exitCodes.success;
}

/** The manifest comes last, so that a folder with one is whole. */
async function writeFolder(folder: string, { manifest, files }: ImportedModel): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
  } catch (error) {
    throw new OutputError(`The model folder ${folder} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}

function describe({ kind, option, message }: ImportNote): string {
  const flag = option === undefined || kind === 'measured' ? '' : ` Change: --${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.`;
  return `${kind}: ${message}${flag}`;
}
