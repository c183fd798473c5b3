// Installs the packed packages as a stranger would and uses them: from an ES module, from CommonJS, from a terminal and
// in a Vite build. Each restores a real picture (Vite: runs what it built), under every Node at hand.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { packPackage } from '../scripts/pack-package.mjs';
import { mustRun, root } from '../scripts/run-command.mjs';

const pictures = ['blurred', 'sharp'].map((kind) => join(root, 'examples', 'demo', 'pictures', `towels-${kind}.png`));
const consumer = mkdtempSync(join(tmpdir(), 'deblur-consumer-'));

try {
  await install();
  for (const node of new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath])) {
    await restoreFrom('esm', node);
    await restoreFrom('commonjs', node);
    await restoreFromTerminal(node);
  }
  await buildWithVite();
} finally {
  rmSync(consumer, { recursive: true, force: true });
}

async function install() {
  cpSync(join(root, 'integrations', 'projects'), consumer, { recursive: true });
  const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  const isPublic = (folder) => !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private;
  const dependencies = {};
  for (const folder of folders.filter(isPublic)) {
    const { manifest, tarball } = await packPackage(folder, consumer);
    dependencies[manifest.name] = `file:${tarball}`;
  }
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await mustRun('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: consumer });
}

async function restoreFrom(project, node) {
  await mustRun(node, ['restore.js', ...pictures], { cwd: join(consumer, project) });
}

async function restoreFromTerminal(node) {
  const output = join(consumer, 'restored.png');
  await mustRun(node, [join(consumer, 'node_modules', 'deblur', 'bin', 'deblur.js'), 'run', pictures[0], '-o', output, '--quiet'], { cwd: consumer });
  if (statSync(output).size === 0) throw new Error('The command wrote an empty file.');
  rmSync(output);
}

async function buildWithVite() {
  const outDir = join(consumer, 'vite', 'dist');
  await build({
    root: join(consumer, 'vite'), configFile: false, logLevel: 'error',
    build: { outDir, modulePreload: false, rollupOptions: { output: { entryFileNames: 'main.js' } } },
  });
  await import(pathToFileURL(join(outDir, 'main.js')).href);
  const { models, psnr } = globalThis.deblurSmoke;
  if (!models.includes('maxim-s1')) throw new Error(`The bundle knows the models ${models}, not maxim-s1.`);
  const expected = 20 * Math.log10(255 / 51);
  if (Math.abs(psnr - expected) > 1e-6) throw new Error(`The bundle computed ${psnr} dB instead of ${expected}.`);
  const weights = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.onnx'));
  if (weights.length === 0) throw new Error('The bundle left the weights behind.');
}
