import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

const environment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

/** Runs a command with the workspace's binaries in reach and no standard input; collects what it prints. */
export function runCommand(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (text) => { stdout += text; output += text; });
    child.stderr.on('data', (text) => { output += text; });
    child.on('error', (error) => resolve({ status: 127, stdout, output: `${error.message}\n` }));
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, output }));
  });
}

/** As `runCommand`, but a command that fails is an error that carries what it printed. Returns its standard output. */
export async function mustRun(command, args, options) {
  const { status, stdout, output } = await runCommand(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}\n${output}`);
  return stdout;
}
