// Packs the package in the working directory and checks what a consumer would get:
// the files in it, its manifest (publint) and its types under every way to resolve them (attw).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from './pack-package.mjs';
import { runCommand } from './run-command.mjs';

const folder = process.cwd();
const destination = mkdtempSync(join(tmpdir(), 'deblur-pack-'));
const problems = [];

try {
  const { manifest, tarball, paths } = await packPackage(folder, destination);
  for (const required of ['LICENSE', 'README.md', 'package.json']) {
    if (!paths.includes(required)) problems.push(`${required} is missing from the package.`);
  }
  for (const path of paths) {
    if (/\.test\.[cm]?[jt]s$|\.tsbuildinfo$|(^|\/)\.cache\//.test(path)) problems.push(`${path} should not be in the package.`);
  }
  await check('publint', ['run', tarball, '--strict', '--level', 'warning']);
  if (manifest.exports) {
    const profile = manifest.main ? 'strict' : 'esm-only';
    const data = Object.keys(manifest.exports).filter((path) => path.endsWith('.json'));
    await check('attw', [tarball, '--format', 'ascii', '--no-emoji', '--no-color', '--profile', profile, '--exclude-entrypoints', ...data]);
  }
} finally {
  rmSync(destination, { recursive: true, force: true });
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

async function check(command, args) {
  const { status, output } = await runCommand(command, args, { cwd: folder });
  if (status !== 0) problems.push(output.trim());
}
