// Follows the three pages "Start in …" to the letter, in empty folders, with the packages as they are published, and writes what it typed
// and saw to docs/tried-as-new-user.md. The code is taken from the pages. `npm run build` comes first.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { packPackage } from '../scripts/pack-package.mjs';
import { root, runCommand } from '../scripts/run-command.mjs';

const home = mkdtempSync(join(tmpdir(), 'deblur-new-user-'));
const tarballs = join(home, 'tarballs');
const picture = join(root, 'examples', 'demo', 'pictures', 'towels-blurred.png');
/** What npm sets for the script that it runs is no setting of the newcomer's. */
const fresh = Object.fromEntries(Object.keys(process.env).filter((name) => name.startsWith('npm_')).map((name) => [name, undefined]));
const lines = [];
const say = (...texts) => lines.push(...texts, '');

try {
  mkdirSync(tarballs);
  for (const folder of readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))) {
    const { private: hidden, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (hidden) continue;
    const { tarball } = await packPackage(folder, tarballs);
    cpSync(tarball, join(tarballs, `${name.replace(/^@deblur\//, '')}.tgz`));
  }
  say('# Tried as a new user', 'What a newcomer types and sees, from empty folders, with the packages as they would come from a registry: packed into tarballs and',
    'installed from there. `npm run new-user` follows the pages [Start in Node](start/node.md), [in the browser](start/browser.md) and',
    '[on the command line](start/command-line.md), takes their code word for word, and writes this page. Times depend on the machine.',
    '`photo.jpg` is one of the three blurred photographs of the demo, 480×352.');
  await inNode();
  await onTheCommandLine();
  await inTheBrowser();
  writeFileSync(join(root, 'docs', 'tried-as-new-user.md'), `${lines.join('\n').replaceAll(/[ \t]+$/gm, '').trimEnd()}\n`);
} catch (error) {
  console.error(lines.join('\n'), error);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function inNode() {
  say('## Node');
  const folder = await emptyFolder('node');
  const shell = terminal(folder);
  await shell('npm init -y && npm pkg set type=module', { quiet: true });
  await install(shell, ['core', 'backend-node', 'plugin-sharp', 'models'], ['onnxruntime-node', 'sharp']);
  writeFileSync(join(folder, 'restore.ts'), block('node', 'restore.ts'));
  writeFileSync(join(folder, 'restore.cjs'), block('node', 'restore.cjs').replace("'sharp.jpg'", "'sharp-from-commonjs.jpg'"));
  say('On Linux x64 the install script of onnxruntime-node fetches CUDA libraries. The CPU needs none of them, so it is left out here; it would',
    'fail without a network.');
  say('`restore.ts` and `restore.cjs` (CommonJS; it writes to another file here) are those of the page.');
  await shell('node restore.ts');
  await shell('node restore.cjs');
  await shell('ls -1 *.jpg');
}

async function onTheCommandLine() {
  say('## Command line');
  const folder = await emptyFolder('cli');
  const shell = terminal(folder);
  await shell('npm init -y --silent', { quiet: true });
  await install(shell, ['core', 'backend-node', 'plugin-sharp', 'models', 'model-maxim', 'cli', 'deblur'], []);
  say('From a registry, `npx deblur photo.jpg` does both at once.');
  await shell('npx deblur photo.jpg');
  await shell('npx deblur detect photo.jpg');
  await shell('npx deblur blur photo.deblurred.jpg -o blurred.png --psf motion:9,30 --noise 0.01 --seed 1');
  await shell('npx deblur run blurred.png -o restored.png --psf motion:9,30');
  await shell('npx deblur measure photo.deblurred.jpg blurred.png');
  await shell('npx deblur measure photo.deblurred.jpg restored.png');
}

async function inTheBrowser() {
  say('## Vite');
  const folder = await emptyFolder('vite');
  const shell = terminal(folder);
  await shell('npm init -y --silent', { quiet: true });
  await install(shell, ['core', 'backend-web', 'plugin-canvas', 'models'], ['onnxruntime-web', 'vite']);
  writeFileSync(join(folder, 'index.html'), page('browser').match(/```html\n([\s\S]*?)```/)[1]);
  writeFileSync(join(folder, 'main.ts'), block('browser', 'main.ts'));
  say('`index.html` and `main.ts` are those of the page.');
  await shell('npx vite build --logLevel error');
  say('Opened in Chromium, with `photo.jpg` chosen as the file, the page logs:', '```text', ...(await visit(join(folder, 'dist'))), '```');
}

/** Opens a built page, chooses the photograph, and waits for what it logs. */
async function visit(folder) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };
  const server = createServer(({ url }, response) => {
    try {
      const path = url === '/' ? '/index.html' : url;
      const body = readFileSync(join(folder, path));
      response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://localhost:${server.address().port}/`);
    const logged = tab.waitForEvent('console', { predicate: (message) => message.type() === 'log', timeout: 300_000 });
    await tab.setInputFiles('input[type=file]', join(home, 'vite', 'photo.jpg'));
    const values = await Promise.all((await logged).args().map((value) => value.jsonValue()));
    const size = await tab.evaluate(() => {
      const { width, height } = globalThis.document.querySelector('canvas');
      return `${width}×${height}`;
    });
    return [values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value, ['code', 'message']))).join(' '), `(the canvas is ${size})`];
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function emptyFolder(name) {
  const folder = join(home, name);
  mkdirSync(folder);
  await sharp(picture).jpeg({ quality: 92 }).toFile(join(folder, 'photo.jpg'));
  return folder;
}

/** Types a command into the folder's terminal and writes it down with what it prints. */
function terminal(folder) {
  return async (command, { quiet = false, shown = command } = {}) => {
    const { status, output } = await runCommand('sh', ['-c', command], { cwd: folder, env: { ...fresh, npm_config_update_notifier: 'false' } });
    if (status !== 0) throw new Error(`${command} exited with ${status}\n${output}`);
    const printed = quiet ? '' : output.trimEnd();
    say('```text', `$ ${shown}`, ...(printed ? [printed.replaceAll(home, '~')] : []), '```');
  };
}

async function install(shell, own, others) {
  const versions = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const names = others.map((name) => `${name}@${versions[`node_modules/${name}`].version}`);
  const files = own.map((name) => `../tarballs/${name}.tgz`);
  await shell(`npm install --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error ${[...files, ...names].join(' ')}`, {
    quiet: true, shown: `npm install --ignore-scripts ${[...files, ...others].join(' ')}`,
  });
}

/** The text of a page about starting. */
function page(name) {
  return readFileSync(join(root, 'docs', 'start', `${name}.md`), 'utf8');
}

/** The block of code that a page calls `[file]`. */
function block(name, file) {
  const found = new RegExp(`\`\`\`\\w+ \\[${file.replace('.', '\\.')}\\]\\n([\\s\\S]*?)\`\`\``).exec(page(name));
  if (!found) throw new Error(`docs/start/${name}.md has no block [${file}].`);
  return found[1];
}

