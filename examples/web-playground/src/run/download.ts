import { blobSink } from '@deblur/plugin-canvas';
import type { RunResult } from '@deblur/core';
import { element } from '../page/element.ts';

const endings: Readonly<Record<string, string>> = { jpeg: 'jpg' };

/** Saves a result as a file of the user's, with the metadata of the original. Gives back its name. */
export async function download(result: RunResult, name: string): Promise<string> {
  const format = element('format', HTMLSelectElement).value;
  const sink = blobSink(format || undefined);
  const written = await result.save(sink);
  const url = URL.createObjectURL(sink.blob!);
  const link = Object.assign(document.createElement('a'), { href: url, download: `${name}-restored.${endings[written.format] ?? written.format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return link.download;
}
