import { Option } from 'commander';
import { addModelsCommand } from './add-model.ts';
import { importModelCommand } from './import-model.ts';
import { listModelsCommand } from './list-models.ts';
import { parseNamedNumber, parseSize } from '../../inputs/parse-values.ts';
import { removeModelsCommand } from './remove-models.ts';
import { showModelCommand } from './show-model.ts';
import { verifyModelsCommand } from './verify-models.ts';
import { whereModelsCommand } from './where-models.ts';
import type { Command } from 'commander';
import type { ProgramContext } from '../../program.ts';

const json = ['--json', 'print one JSON document on stdout', false] as const;

/** Describes `deblur models`. */
export function addModelsProgram(program: Command, { streams, signal, client, exit }: ProgramContext): void {
  const models = program.command('models').description('list, add, check and import models');
  models.command('list').description('all models: size, cost, measured gain, what each is for').option(...json)
    .action(async (options) => exit(await listModelsCommand(client(), options, streams)));
  models.command('show').description('everything about one model').argument('<id>').option(...json)
    .action(async (id, options) => exit(await showModelCommand(client(), id, options, streams)));
  models.command('add').description('download models, or make a model folder or address known by name')
    .argument('<models...>', 'ids of the list, folders with a manifest.json, .onnx files with a manifest beside, or addresses of manifests')
    .option('-q, --quiet', 'no progress', false).option(...json)
    .action(async (names, options) => exit(await addModelsCommand(client(), names, options, streams, signal)));
  models.command('remove').description('delete downloaded files; forget added models').argument('<ids...>').option(...json)
    .action(async (ids, options) => exit(await removeModelsCommand(client({ offline: true }), ids, options, streams)));
  models.command('verify').description('check size and sha256 of every file that is here').argument('[ids...]').option(...json)
    .action(async (ids, options) => exit(await verifyModelsCommand(client({ offline: true }), ids, options, streams, signal)));
  models.command('where').description('where the cache is, or the files of models').argument('[ids...]').option(...json)
    .action(async (ids, options) => exit(await whereModelsCommand(client({ offline: true }), ids, options, streams)));
  models.command('import').description('make a model of any ONNX file from picture to picture; says what it assumed')
    .argument('<file>', 'the .onnx file')
    .option('-o, --output <folder>', 'folder to write (default: the file\'s name without .onnx)')
    .option('--id <id>', 'kebab-case id (default: from the file\'s name)')
    .option('--title <text>', 'one line for lists')
    .addOption(new Option('--task <name>', 'what it undoes (default: motion)').choices(['motion', 'defocus', 'general', 'denoise']))
    .addOption(new Option('--tier <name>', 'place between speed and quality (default: default)').choices(['fast', 'default', 'quality']))
    .addOption(new Option('--range <numbers>', 'numbers in which it takes pictures; write --range=-1-1 with = (default: found or 0-1)').choices(['0-1', '0-255', '-1-1']))
    .addOption(new Option('--order <order>', 'order of channels (default: rgb)').choices(['rgb', 'bgr']))
    .addOption(new Option('--layout <order>', 'order of dimensions, where the file leaves it open').choices(['NCHW', 'NHWC']))
    .option('--residual', 'it gives the difference to its input')
    .option('--size <width>x<height>', 'the only size it takes (default: found)', parseSize)
    .option('--input-name <name>', 'the picture among several inputs')
    .option('--output-name <name>', 'the picture among several outputs')
    .option('--parameter <name=value>', 'usual value of a further input; repeat for more', parseNamedNumber)
    .option('--licence <spdx>', 'licence of the weights (default: LicenseRef-unknown)')
    .option('--source <url>', 'where the weights were published')
    .option('-p, --provider <name>', 'execution provider for the trials', 'auto')
    .option('--overwrite', 'replace a model folder', false)
    .option('-q, --quiet', 'do not say what was assumed', false)
    .option(...json)
    .action(async (file, options) => exit(await importModelCommand(client(), file, options, streams, signal)));
}
