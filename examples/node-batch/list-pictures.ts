import { globSync } from 'node:fs';
import { extname } from 'node:path';

const extensions = ['.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.avif'];

/** Paths of the pictures in a folder and those below, relative to it, in a stable order. Hidden files are left out. */
export function listPictures(folder: string): string[] {
  return globSync('**/*', { cwd: folder }).filter((path) => extensions.includes(extname(path).toLowerCase())).sort();
}
