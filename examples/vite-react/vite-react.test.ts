import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blur, createDeblur, crop, motionPsf } from '@deblur/core';
import { canvasCodec } from '@deblur/plugin-canvas';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright';
import type { PreviewServer } from 'vite';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const configFile = join(import.meta.dirname, 'vite.config.ts');

describe.skipIf(!existsSync(executablePath))('the page in Chromium (skipped where Chromium is missing)', () => {
  let folder: string;
  let server: PreviewServer;
  let browser: Browser;
  let page: Page;
  let photograph: { name: string; mimeType: string; buffer: Buffer };
  const faults: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vite-react-'));
    // Test runners set another, and the page would be built as if for development.
    const environment = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
    process.env['NODE_ENV'] = environment;
    server = await preview({ configFile, logLevel: 'error', build: { outDir: folder }, preview: { port: 0, host: '127.0.0.1' } });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'] });
    page = await browser.newPage();
    page.on('pageerror', ({ message }) => faults.push(message));
    page.setDefaultTimeout(30_000);
    await page.goto(server.resolvedUrls!.local[0] ?? server.resolvedUrls!.network[0]!);

    const codec = createDeblur({ plugins: [canvasCodec()] });
    const sharp = await codec.read(await readFile(join(import.meta.dirname, '..', 'demo', 'pictures', 'towels-sharp.png')));
    const blurred = await blur(crop(sharp, { left: 150, top: 100, width: 160, height: 120 }), { psf: motionPsf(9, 0) });
    photograph = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from((await codec.write(blurred, { format: 'png' })).data!) };
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the picture, restores it, and compares', async () => {
    await page.getByLabel('Picture').setInputFiles(photograph);
    await expect.poll(() => page.locator('.deblur-before-after img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(160);
    expect(await page.getByRole('slider').count()).toBe(0);

    await page.getByRole('combobox').selectOption('wiener');
    await page.getByRole('textbox', { name: 'Blur' }).fill('motion:9,0');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText(/^Restored by wiener in [\d.]+ s\.$/).waitFor();
    const slider = page.getByRole('slider', { name: 'Compare before and after' });
    expect(await slider.inputValue()).toBe('50');

    // Restored pixels are other than those of the blurred picture that lies over them.
    const changed = await page.locator('.deblur-before-after').evaluate((outer: HTMLElement) => {
      const pixels = [...outer.querySelectorAll<HTMLCanvasElement | HTMLImageElement>('canvas, img')].map((source) => {
        const context = new OffscreenCanvas(160, 120).getContext('2d')!;
        context.drawImage(source, 0, 0);
        return context.getImageData(0, 0, 160, 120).data;
      });
      return pixels[0]!.filter((value, i) => Math.abs(value - pixels[1]![i]!) > 4).length / pixels[0]!.length;
    });
    expect(changed).toBeGreaterThan(0.1);
  });

  it('moves the divider by pointer and by keyboard', async () => {
    const slider = page.getByRole('slider', { name: 'Compare before and after' });
    const { x, y, width, height } = (await page.locator('.deblur-before-after').boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + height / 2);
    await page.mouse.move(x + width / 5, y - 20);
    await page.mouse.up();
    await page.mouse.move(x + width / 2, y + height / 2);
    expect(await slider.inputValue()).toBe('20');
    await page.keyboard.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toBe('21 % Before');
  });

  it('says what is wrong with a PSF, and goes on', async () => {
    await page.getByRole('textbox', { name: 'Blur' }).fill('motion:none');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('motion:none');
    await page.getByRole('textbox', { name: 'Blur' }).fill('motion:9,0');
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText(/^Restored by wiener/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
