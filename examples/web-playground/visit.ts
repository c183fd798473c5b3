import type { Page } from 'playwright';

const patience = { timeout: 100_000 };

/** Gives the page a picture and waits until its blur is described. */
export async function givePicture(page: Page, picture: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void> {
  if (typeof picture === 'string') await page.getByRole('button', { name: picture }).click();
  else await page.setInputFiles('#file', picture);
  await page.waitForFunction('/sure|Unknown/.test(document.querySelector("#blur-text").textContent)', undefined, patience);
}

/** Sets a slider as a user does. */
export async function setSlider(page: Page, id: string, value: number): Promise<void> {
  await page.locator(id).fill(String(value));
}

/** Waits until a restoration has ended, and gives back what the page says. */
export async function waitForEnd(page: Page): Promise<string> {
  await page.waitForFunction('/Restored|left as|Cancelled/.test(document.querySelector("#status").textContent) || document.querySelector("#problem").textContent', undefined, patience);
  return `${await page.textContent('#status')}${await page.textContent('#problem')}`;
}

/** Starts a restoration and waits for its end. */
export async function restore(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Restore the picture' }).click();
  return waitForEnd(page);
}
