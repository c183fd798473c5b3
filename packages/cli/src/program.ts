import { Command, Option } from 'commander';
import { addModelsProgram } from './commands/models/models-program.ts';
import { blurCommand } from './commands/blur.ts';
import { detectCommand } from './commands/detect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { estimateCommand } from './commands/estimate.ts';
import { measureCommand } from './commands/measure.ts';
import { parseBytes, parseCount, parseFraction, parseInteger, parsePixel, parseScale, parseSpace } from './inputs/parse-values.ts';
import { runCommand } from './commands/run.ts';
import { restorationMethods } from '@deblur/core';
import type { ClientSettings } from './client.ts';
import type { Deblur } from '@deblur/core';
import type { ExitCode } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/** What the commands work with. */
export interface ProgramContext {
  readonly version: string;
  readonly streams: Streams;
  readonly signal: AbortSignal;
  /** Makes the client when a command needs it; the settings of the first call count. */
  client(settings?: ClientSettings): Deblur;
  /** Called with the exit code of the command that ran. */
  exit(code: ExitCode): void;
}

/** Describes the command line. */
export function createProgram(context: ProgramContext): Command {
  const { streams, signal, client, exit } = context;
  const program = new Command('deblur')
    .description('Makes blurred photographs sharp. Results go to files and stdout, progress and messages to stderr.')
    .version(context.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) })
    .showHelpAfterError('(add --help for all options)')
    .addHelpText('after', '\nExit codes: 0 done, 1 some input failed, 2 unusable command line, 130 interrupted.');

  program.command('run', { isDefault: true })
    .description('restore pictures and videos: files, folders or quoted patterns')
    .argument('<inputs...>', 'pictures, videos (with ffmpeg), folders, or patterns such as "photos/*.jpg"')
    .option('-o, --output <file|folder>', 'where to write (default: photo.deblurred.jpg beside photo.jpg)')
    .addOption(new Option('--method <name>', 'how to restore (default: tv with --psf, else network)').choices(restorationMethods))
    .option('--psf <psf>', 'the blur: motion:15,30, gaussian:1.6, disk:4, …, a picture, or a .json file', undefined)
    .option('--noise <sigma>', 'noise level in [0,1], for deconvolution (default: estimated) and denoising models', parseFraction)
    .option('--space <linear|srgb>', 'where the blur adds up (default: linear)', parseSpace)
    .option('-m, --model <id|tier|path>', 'model id, auto | fast | default | quality, a model folder, an .onnx with its manifest, or an address', 'auto')
    .option('--offline', 'never use the network', false)
    .option('-p, --provider <name>', 'execution provider: cpu, cuda, webgpu, …; see deblur doctor', 'auto')
    .option('--threads <n>', 'threads inside one operator', parseInteger)
    .option('--tile <pixels>', 'side of a tile, for models of free size', parseInteger)
    .option('--memory <bytes>', 'memory for the network, e.g. 500MB (chooses the tile size)', parseBytes)
    .option('--scale <1|1/2|1/3|1/4|auto>', 'working scale: smaller is faster, and better for wide blur', parseScale, 1)
    .option('--strength <0..1>', 'how much of the change to apply', parseFraction, 1)
    .option('--format <name>', 'output format, when the file ending does not say')
    .option('--quality <1..100>', 'quality of lossy formats', parseInteger)
    .option('--sequence', 'take the pictures in natural order as the frames of one video', false)
    .option('--segment <frames>', 'video: frames after which an interrupted call can go on', parseCount, 100)
    .option('--compare <picture>', 'also write a labelled before/after picture')
    .option('--no-metadata', 'do not carry EXIF, XMP and IPTC over')
    .option('--overwrite', 'replace existing files', false)
    .option('--json', 'print one JSON document on stdout', false)
    .option('-q, --quiet', 'no progress, no messages except errors', false)
    .option('--verbose', 'show stack traces', false)
    .action(async (inputs, options) => exit(await runCommand(client({ offline: options.offline }), inputs, options, streams, signal)));

  program.command('blur')
    .description('blur pictures with a PSF, in linear light unless told otherwise')
    .argument('<inputs...>', 'pictures, folders, or patterns such as "photos/*.jpg"')
    .requiredOption('--psf <psf>', 'the blur: motion:<length>,<degrees>, gaussian:<sigma>, disk:<radius>, box:<w>,<h>, camera-shake:<length>,<seed>, a picture, or a .json file')
    .option('-o, --output <file|folder>', 'where to write (default: photo.blurred.jpg beside photo.jpg)')
    .option('--noise <sigma>', 'standard deviation of Gaussian noise in [0,1]', parseFraction, 0)
    .option('--seed <n>', 'seed of the noise', parseInteger, 0)
    .option('--space <linear|srgb>', 'where blur and noise add up', parseSpace, 'linear')
    .option('--overwrite', 'replace existing files', false)
    .option('--json', 'print one JSON document on stdout', false)
    .option('-q, --quiet', 'no progress, no messages except errors', false)
    .option('--verbose', 'show stack traces', false)
    .action(async (inputs, options) => exit(await blurCommand(client(), inputs, options, streams, signal)));

  program.command('detect')
    .description('say whether pictures are sharp, blurred by motion or out of focus, and how wide the blur is')
    .argument('<inputs...>', 'pictures, folders, or patterns such as "photos/*.jpg"')
    .option('--map <picture|folder>', 'also draw where the picture is blurred')
    .option('--overwrite', 'replace existing files', false)
    .option('--json', 'print one JSON document on stdout', false)
    .option('-q, --quiet', 'no progress, no messages except errors', false)
    .option('--verbose', 'show stack traces', false)
    .action(async (inputs, options) => exit(await detectCommand(client(), inputs, options, streams, signal)));

  program.command('explain')
    .description('draw what a restoration changed, the blur it met, and what decides one of its pixels')
    .argument('<picture>', 'a picture')
    .requiredOption('-o, --output <picture>', 'where to write the drawing')
    .addOption(new Option('--method <name>', 'how to restore (default: tv with --psf, else network)').choices(restorationMethods))
    .option('--psf <psf>', 'the blur, as for run')
    .option('--noise <sigma>', 'noise level in [0,1], for deconvolution and denoising models', parseFraction)
    .option('-m, --model <id|tier|path>', 'model, as for run', 'auto')
    .option('-p, --provider <name>', 'execution provider, as for run', 'auto')
    .option('--scale <1|1/2|1/3|1/4|auto>', 'working scale, as for run', parseScale, 1)
    .option('--pixel <x,y>', 'pixel of the result to explain (default: where most was changed)', parsePixel)
    .option('--window <pixels>', 'side of the square around it that is looked at', parseCount, 128)
    .option('--grid <n>', 'patches along a side of the square; takes n × n restorations of it', parseCount, 8)
    .option('--overwrite', 'replace existing files', false)
    .option('--json', 'print one JSON document on stdout', false)
    .option('-q, --quiet', 'no progress, no messages except errors', false)
    .option('--verbose', 'show stack traces', false)
    .action(async (input, options) => {
      const { explainCommand } = await import('./commands/explain.ts');
      exit(await explainCommand(client(), input, options, streams, signal));
    });

  program.command('estimate')
    .description('estimate the blur of pictures: motion, disk, Gaussian, or a PSF of any shape')
    .argument('<inputs...>', 'pictures, folders, or patterns such as "photos/*.jpg"')
    .option('-o, --output <file|folder>', 'where to write the PSF: a picture, or a .json file')
    .addOption(new Option('--method <name>', 'parametric (a formula), blind (any shape), or both in turn').choices(['auto', 'parametric', 'blind']).default('auto'))
    .option('--size <pixels>', 'blind: side of the square in which the PSF is sought (default: found)', parseInteger)
    .option('--noise <sigma>', 'parametric: noise level in [0,1] (default: estimated)', parseFraction)
    .option('--space <linear|srgb>', 'where the blur adds up', parseSpace, 'linear')
    .option('--overwrite', 'replace existing files', false)
    .option('--json', 'print one JSON document on stdout', false)
    .option('-q, --quiet', 'no progress, no messages except errors', false)
    .option('--verbose', 'show stack traces', false)
    .action(async (inputs, options) => exit(await estimateCommand(client(), inputs, options, streams, signal)));

  program.command('measure')
    .description('compare a picture with its reference: PSNR and SSIM by name')
    .argument('<reference>', 'the sharp original')
    .argument('<image>', 'the picture to judge')
    .option('--crop <pixels>', 'leave out so many pixels at each edge', parseInteger, 0)
    .option('--align', 'also the PSNR at the shift that fits best', false)
    .option('--json', 'print one JSON document on stdout', false)
    .action(async (reference, image, options) => exit(await measureCommand(client(), reference, image, options, streams)));

  program.command('doctor')
    .description('say what this machine offers and what is missing')
    .option('--json', 'print one JSON document on stdout', false)
    .action(async (options) => exit(await doctorCommand(client(), options, streams)));

  addModelsProgram(program, context);
  return program;
}
