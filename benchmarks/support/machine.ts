import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';

/** What measures, in words; also the name of its results file. */
export interface Machine {
  readonly name: string;
  readonly description: string;
}

/** Describes this machine by what decides speed: processor, vector instructions, cores. */
export function describeMachine(): Machine {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const cores = availableParallelism();
  const vectors = vectorInstructions();
  const name = [platform(), arch(), model, vectors.at(-1) ?? '', `${cores}-cores`].join(' ').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const description = `${model}, ${vectors.join(' ')}, ${cores} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}, Node ${process.versions.node}`;
  return { name, description };
}

function vectorInstructions(): string[] {
  if (platform() !== 'linux') return [];
  const flags = readFileSync('/proc/cpuinfo', 'utf8').match(/^flags.*$/m)?.[0].split(' ') ?? [];
  return ['avx2', 'avx512f', 'amx_tile'].filter((flag) => flags.includes(flag));
}
