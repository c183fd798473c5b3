import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './run-command.mjs';

/** Packs the package in `folder` into `destination`; gives its manifest, the tarball and the paths in it. */
export async function packPackage(folder, destination) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [packed] = JSON.parse(await mustRun('npm', ['pack', '--json', '--silent', '--pack-destination', destination], { cwd: folder }));
  return { manifest, tarball: join(destination, packed.filename), paths: packed.files.map((file) => file.path) };
}
