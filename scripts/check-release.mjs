// Rehearses a release. In a clone, changesets give every package its next version and changelog; each package is then
// published for show (npm's dry run), from the built folder. Nothing is changed here and nothing leaves the machine.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, root } from './run-command.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const packages = readdirSync(join(root, 'packages')).filter((name) => !readJson(join(root, 'packages', name, 'package.json')).private);
const clone = mkdtempSync(join(tmpdir(), 'deblur-release-'));

try {
  await mustRun('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  // Without its history changesets cannot name the commits of the entries.
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  await mustRun('changeset', ['status'], { cwd: clone });
  await mustRun('changeset', ['version'], { cwd: clone });
  const problems = packages.flatMap((name) => checkVersioned(name));
  const waiting = readdirSync(join(clone, '.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md');
  if (waiting.length > 0) problems.push(`These changesets were not used: ${waiting.join(', ')}.`);
  for (const name of packages) {
    const [{ entryCount, size }] = Object.values(JSON.parse(await mustRun('npm', ['publish', '--dry-run', '--json', '--silent'], { cwd: join(root, 'packages', name) })));
    console.log(`${name.padEnd(16)} ${versionOf(name)}  ${String(entryCount).padStart(4)} files ${(size / 1e6).toFixed(2).padStart(6)} MB packed`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(clone, { recursive: true, force: true });
}

function versionOf(name) {
  return readJson(join(clone, 'packages', name, 'package.json')).version;
}

/** What is wrong with a package after `changeset version`. */
function checkVersioned(name) {
  const folder = join(clone, 'packages', name);
  const { version, peerDependencies = {}, dependencies = {} } = readJson(join(folder, 'package.json'));
  const problems = [];
  if (version === readJson(join(root, 'packages', name, 'package.json')).version) problems.push(`${name} keeps version ${version}: no changeset names it.`);
  if (version !== versionOf('core')) problems.push(`${name} becomes ${version}, core ${versionOf('core')}: packages are released together.`);
  if (!existsSync(join(folder, 'CHANGELOG.md'))) problems.push(`${name} gets no CHANGELOG.md.`);
  for (const [dependency, range] of Object.entries({ ...peerDependencies, ...dependencies })) {
    if (/^@?deblur(\/|$)/.test(dependency) && range !== `^${version}`) problems.push(`${name} asks for ${dependency} ${range}, released is ${version}.`);
  }
  return problems;
}
