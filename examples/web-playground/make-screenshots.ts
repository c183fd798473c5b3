// Writes docs/images/playground-*.png from the built page.
// node --conditions=@deblur/source examples/web-playground/make-screenshots.ts
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { openPlaygroundSite } from './playground-site.ts';
import { givePicture, restore } from './visit.ts';

const shots = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1120, height: 760 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1120, height: 760 } },
  { name: 'phone', colorScheme: 'light', viewport: { width: 360, height: 720 } },
] as const;

const site = await openPlaygroundSite();
for (const { name, ...look } of shots) {
  const page = await site.browser.newPage(look);
  await page.goto(site.url);
  await givePicture(page, 'Known motion');
  await restore(page);
  await page.evaluate('scrollTo(0, 0)');
  const path = fileURLToPath(new URL(`../../docs/images/playground-${name}.png`, import.meta.url));
  await sharp(await page.screenshot()).png({ palette: true, colours: 128, effort: 10 }).toFile(path);
  await page.close();
}
await site.close();
