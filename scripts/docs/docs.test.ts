import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blur, createDeblur, createImage } from '@deblur/core';
import { sharpCodec } from '@deblur/plugin-sharp';
import { describe, expect, it } from 'vitest';
import { checkCommands } from './check-commands.ts';
import { checkMessages } from './check-messages.ts';
import { checkTypes } from './check-types.ts';
import { fillFigures, pagesWithFigures } from './fill-figures.ts';
import { findBlocks, readBlocks, root } from './read-blocks.ts';
import { isProgram, writeBlocks } from './write-blocks.ts';
import type { CodeBlock } from './read-blocks.ts';

const blocks = readBlocks();
const checked = blocks.filter(({ unchecked }) => unchecked === undefined);
const shells = ['sh', 'bash', 'shell', 'console'];
const understood = ['ts', 'tsx', 'js', 'jsx', 'json', 'text', ...shells];

describe('code in the documentation', () => {
  it('is found on many pages', () => {
    expect(new Set(blocks.filter(isProgram).map(({ page }) => page)).size).toBeGreaterThan(15);
  });

  it('is checked, or says why not', () => {
    const silent = checked.filter(({ language, code }) => !understood.includes(language) && (language !== '' || /^\s*(npm|npx|deblur) /m.test(code)));
    expect(silent.filter(({ language }) => language !== '').map(({ page, line, language }) => `${page}:${line} (${language})`)).toEqual([]);
    expect(blocks.filter(({ unchecked }) => unchecked !== undefined).length).toBeLessThan(8);
  });

  it('has no fault of type', () => {
    expect(checkTypes(writeBlocks(checked.filter(isProgram), 'types'))).toEqual([]);
  });

  it('names commands, options, scripts and packages that exist', async () => {
    const commands = checked.filter(({ language, page }) => shells.includes(language) || (language === '' && !page.startsWith('docs/architecture')));
    expect((await Promise.all(commands.map(checkCommands))).flat()).toEqual([]);
  });

  it('is JSON where it says so', () => {
    for (const { page, line, code } of checked.filter(({ language }) => language === 'json')) expect(() => JSON.parse(code), `${page}:${line}`).not.toThrow();
  });
});

describe('what pages quote', () => {
  it('as error messages is what the sources say', () => {
    const quotes = checked.filter(({ page, language }) => page === 'docs/guide/troubleshooting.md' && language === 'text');
    expect(quotes.length).toBeGreaterThan(10);
    expect(checkMessages(quotes)).toEqual([]);
  });

  it('as figures is what the benchmarks recorded (npm run docs:figures)', () => {
    for (const { page, markdown } of pagesWithFigures()) expect(fillFigures(page, markdown), page).toBe(markdown);
  });
});

describe('the checks find', () => {
  const block = (language: string, code: string): CodeBlock => ({ page: 'page.md', line: 1, language, code });

  it.each([
    ['an option that does not exist', 'deblur run a.jpg --no-such-option'],
    ['a command that takes no such value', 'npx deblur run a.jpg --scale 3'],
    ['a missing argument', 'deblur measure a.png'],
    ['a script that does not exist', 'npm run no-such-script'],
    ['a benchmark that does not exist', 'npm run bench -- no-such-benchmark'],
    ['a package that does not exist', 'npm install @deblur/no-such-package'],
  ])('%s', async (_what, code) => {
    expect(await checkCommands(block('sh', code))).toHaveLength(1);
  });

  it('a wrong type, a name that is not exported, and the line', () => {
    const code = "import { noSuchName } from '@deblur/core';\nawait deblur.run(photo, { scale: 'third' });";
    const faults = checkTypes(writeBlocks([block('ts', code)], 'faults'));
    expect(faults.map((fault) => fault.slice(0, 9))).toEqual(['page.md:1', 'page.md:2']);
  });

  it('a message that no source has', () => {
    expect(checkMessages([block('text', 'Cannot read …: it is empty (0 bytes).\nThis is said … nowhere.')])).toHaveLength(1);
  });

  it('blocks with names and reasons', () => {
    const found = findBlocks('page.md', '<!-- unchecked: why -->\n```html\n<p>\n```\n\n```ts [a.ts]\nlet a;\n```\n');
    expect(found).toEqual([
      { page: 'page.md', line: 3, language: 'html', code: '<p>', unchecked: 'why' },
      { page: 'page.md', line: 7, language: 'ts', name: 'a.ts', code: 'let a;' },
    ]);
  });
});

// The pages that show how to extend hold programs and their tests: here they run.
const extending = writeBlocks(blocks.filter(({ page, name }) => page.startsWith('docs/extend/') && name !== undefined), 'extend');
for (const { file } of extending.filter(({ file: path }) => path.endsWith('.test.ts'))) {
  await import(/* @vite-ignore */ file);
}

describe('the programs of the pages run', () => {
  const programs = writeBlocks(blocks.filter(({ name }) => ['restore.ts', 'open-model.ts', 'import-model.ts'].includes(name!)), 'run');
  const run = async (name: string, folder: string): Promise<string> => {
    const { file } = programs.find(({ block }) => block.name === name)!;
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@deblur/source', file], { cwd: folder });
    return stdout;
  };

  it('the first one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deblur-docs-'));
    try {
      await writePicture(join(folder, 'photo.jpg'));
      expect(await run('restore.ts', folder)).toContain('network maxim-s1 cpu');
      expect((await stat(join(folder, 'sharp.jpg'))).size).toBeGreaterThan(1000);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('the one with a model and manifest of one’s own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deblur-docs-'));
    const manifest = findBlocks('docs/extend/model.md', await readFile(join(root, 'docs/extend/model.md'), 'utf8')).find(({ language }) => language === 'json')!;
    try {
      await writePicture(join(folder, 'photo.png'));
      await cp(createRequire(import.meta.url).resolve('@deblur/models/files/ffdnet-color.onnx'), join(folder, 'denoiser.onnx'));
      await writeFile(join(folder, 'denoiser.json'), manifest.code);
      expect(await run('open-model.ts', folder)).toMatch(/^my-denoiser 1 \[\]/);
      await rm(join(folder, 'denoiser.json'));
      const said = await run('import-model.ts', folder);
      expect(said).toContain('measured: Halo');
      expect(said).toMatch(/^denoiser halo \d+ \[\]/m);
      await rm(join(folder, 'clean.png'));
      expect(await run('open-model.ts', folder)).toMatch(/^denoiser 1 \[\]/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function writePicture(path: string): Promise<void> {
  const data = Uint8Array.from({ length: 96 * 64 * 3 }, (_, i) => (i * 7) % 251);
  const image = createImage({ width: 96, height: 64, data });
  await createDeblur({ plugins: [sharpCodec()] }).write(await blur(image, { psf: 'gaussian:2' }), path);
}
