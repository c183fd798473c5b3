import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
// eslint-disable-next-line no-restricted-imports -- the description of the command line is no public interface, and this is its documentation
import { createProgram } from '../../packages/cli/src/program.ts';
import { root } from './read-blocks.ts';
import type { CodeBlock } from './read-blocks.ts';

const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Readonly<Record<string, string>>;
const known = new Set(listPackages());

/** Names of all packages of the lock file: ours and those we are tested with. */
function listPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { name?: string }> };
  return Object.entries(packages).flatMap(([path, { name }]) => [name, path.split('node_modules/').at(-1)]).filter((name) => name !== undefined);
}

/** Thrown where a command would begin to work: everything before it was understood. */
class Understood extends Error {}

/**
 * Checks the commands of a shell block without running them: `deblur` against the real command line, `npm run` against the
 * scripts there are, `npm install` against the packages this repository knows. Other commands pass.
 *
 * @returns what is wrong, a line for each fault
 */
export async function checkCommands({ page, line, code }: CodeBlock): Promise<string[]> {
  const faults: string[] = [];
  for (const [i, text] of code.replaceAll('\\\n', '  ').split('\n').entries()) {
    for (const command of text.split(/&&|\|\|?|;/)) {
      const fault = await checkCommand(splitWords(command));
      if (fault) faults.push(`${page}:${line + i}: ${command.trim()}: ${fault}`);
    }
  }
  return faults;
}

async function checkCommand(words: readonly string[]): Promise<string | undefined> {
  const [first, ...rest] = words.filter((word, i) => i > 0 || !/^\w+=/.test(word));
  if (first === 'deblur') return parse(rest);
  if (first === 'npx' && rest[0] === 'deblur') return parse(rest.slice(1));
  if (first !== 'npm') return undefined;
  if (rest.includes('--workspace')) return checkWorkspaceScript(rest, rest[rest.indexOf('--workspace') + 1]);
  const [verb, ...operands] = rest.filter((word) => !word.startsWith('--') || word === '--');
  if (verb === 'run') return checkScript(operands);
  if (verb !== 'install') return undefined;
  const unknown = operands.map((name) => name.replace(/(?<=.)@[\d.^~]+$/, '')).filter((name) => !known.has(name) && !name.startsWith('.') && !name.endsWith('.tgz'));
  return unknown.length > 0 ? `no package here is called ${unknown.join(', ')}` : undefined;
}

/** `npm run SCRIPT --workspace NAME` and `npm start --workspace NAME`. */
function checkWorkspaceScript([verb, script]: readonly string[], name = ''): string | undefined {
  const found = globSync('{packages,examples}/*/package.json', { cwd: root })
    .map((path) => JSON.parse(readFileSync(join(root, path), 'utf8')) as { name: string; scripts?: Readonly<Record<string, string>> })
    .find((manifest) => manifest.name === name);
  if (!found) return `no workspace is called ${name}`;
  const wanted = verb === 'run' ? script : verb;
  return found.scripts?.[wanted ?? ''] === undefined ? `${name} has no script "${wanted}"` : undefined;
}

async function checkScript([name = '', dashes, ...rest]: readonly string[]): Promise<string | undefined> {
  if (!(name in scripts)) return `package.json has no script "${name}"`;
  if (name === 'deblur') return dashes === '--' ? parse(rest) : 'npm wants -- before options';
  if (name !== 'bench' || !rest[0] || rest[0].startsWith('<')) return undefined;
  return existsSync(join(root, 'benchmarks', 'tasks', `${rest[0]}.bench.ts`)) ? undefined : `there is no benchmark "${rest[0]}"`;
}

async function parse(args: readonly string[]): Promise<string | undefined> {
  let said = '';
  const stream = new Writable({ write: (chunk, _encoding, done) => ((said += String(chunk)), done()) });
  const program = createProgram({
    version: '0.0.0', streams: { stdout: stream, stderr: stream }, signal: new AbortController().signal, exit: () => undefined,
    client: () => {
      throw new Understood();
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    const { exitCode, message } = error as { exitCode?: number; message: string };
    return error instanceof Understood || exitCode === 0 ? undefined : said.trim().split('\n')[0] || message;
  }
}

/** The words of a command, quotes taken off; a comment ends it. */
function splitWords(command: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (word.startsWith('#')) break;
    words.push(word.replaceAll(/["']/g, ''));
  }
  return words;
}
