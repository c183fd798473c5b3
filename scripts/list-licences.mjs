// Lists what the published packages depend on, directly or not, with licences and sources, in docs/licences.md; with --check it only looks whether
// the list is as it should be. A licence that is not in ALLOWED fails: weigh it, then add it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-command.mjs';

const ALLOWED = [
  'MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT', '(MIT OR CC0-1.0)', 'BlueOak-1.0.0',
];
const target = join(root, 'docs', 'licences.md');
const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Folder of a dependency as the lock file lays it out, seen from the folder of the one that asks for it. */
function locate(folder, name) {
  for (let base = folder; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const key = `${base ? `${base}/` : ''}node_modules/${name}`;
    if (locked[key]) return key;
    if (!base) return undefined;
  }
}

/** Where a package says its source is. */
function originOf(folder) {
  const manifest = join(root, folder, 'package.json');
  const { repository } = existsSync(manifest) ? readJson(manifest) : {};
  const url = typeof repository === 'object' ? repository.url : repository ?? '';
  return url.replace(/^git\+/, '').replace(/^(git|ssh):\/\/(git@)?/, 'https://').replace(/\.git$/, '').replace(/^(github:)?([\w.-]+\/[\w.-]+)$/, 'https://github.com/$2');
}

function licenceOf(folder, entry) {
  if (entry.license) return entry.license;
  const manifest = join(root, folder, 'package.json');
  const { license } = existsSync(manifest) ? readJson(manifest) : {};
  return typeof license === 'object' ? license.type : license ?? 'unknown';
}

const found = new Map();
/** Adds a package and all it needs. Platform binaries, which are one package each, are listed by their family. */
function add(folder, name, from) {
  const key = locate(folder, name);
  if (!key) return;
  const { link, ...entry } = locked[key];
  if (link) return;
  const family = name.replace(/-(linux|darwin|win32|linuxmusl|freebsd|android|wasm32)(-.*)?$/, '-*');
  const id = `${family} ${entry.version}`;
  const known = found.get(id) ?? { name: family, version: entry.version, licences: new Set(), from: new Set(), origin: '' };
  const seen = known.from.has(from);
  found.set(id, known);
  known.licences.add(licenceOf(key, entry));
  known.origin ||= originOf(key);
  known.from.add(from);
  if (seen && family === name) return;
  for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) add(key, next, from);
}

for (const folder of readdirSync(join(root, 'packages'))) {
  const { name, private: hidden, dependencies, peerDependencies, optionalDependencies } = readJson(join(root, 'packages', folder, 'package.json'));
  if (hidden) continue;
  for (const next of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })) {
    if (!/^@?deblur(\/|$)/.test(next)) add(`packages/${folder}`, next, name);
  }
}

const rows = [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
const refused = rows.filter(({ licences }) => ![...licences].every((licence) => ALLOWED.includes(licence)));
const text = [
  '# Licences', '',
  'What is installed with the published packages, peers included; `node scripts/list-licences.mjs` writes this page. The packages',
  'themselves are under the MIT licence; weights and pictures that come with them are described in `NOTICE` and the model cards.', '',
  '| Package | Version | Licence | Source | Comes with |', '|---|---|---|---|---|',
  ...rows.map(({ name, version, licences, from, origin }) => `| ${name.replace('*', '\\*')} | ${version} | ${[...licences].join(', ')} | ${origin && `[${origin.replace(/^https:\/\/(www\.)?/, '')}](${origin})`} | ${[...from].sort().join(', ')} |`), '',
].join('\n');

for (const { name, version, licences } of refused) console.error(`${name} ${version} is under ${[...licences].join(', ')}, which nobody has looked at yet.`);
if (refused.length > 0) process.exitCode = 1;
else if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('docs/licences.md is out of date: run node scripts/list-licences.mjs');
  process.exitCode = 1;
}
