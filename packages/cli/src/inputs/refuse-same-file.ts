import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OutputError } from '@deblur/core';

/** @throws OutputError if both paths lead to one file */
export async function refuseSameFile(input: string, output: string): Promise<void> {
  const [from, to] = await Promise.all([input, output].map((path) => realpath(path).catch(() => resolve(path))));
  if (from === to) throw new OutputError(`${output} is the input itself. Choose another output (-o); deblur never writes over its source.`);
}
