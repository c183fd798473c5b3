// Compiles the AssemblyScript kernels and writes them, as base64, to src/kernels/kernel-binary.ts (deterministic).
//
//   node packages/core/kernels/build.mjs [output.ts]
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(here, '..', 'src', 'kernels', 'kernel-binary.ts');

/** Reads sources relative to this folder, so that the binary does not depend on the working directory. */
function readFile(name) {
  try {
    return readFileSync(join(here, name), 'utf8');
  } catch {
    return null;
  }
}

const written = new Map();
const { error, stderr } = await asc.main(
  ['assembly/index.ts', '-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--outFile', 'kernels.wasm'],
  { readFile, writeFile: (name, contents) => written.set(name, contents), listFiles: () => [] },
);
if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`, { cause: error });
const bytes = Buffer.from(written.get('kernels.wasm'));
const lines = bytes.toString('base64').match(/.{1,120}/g);
writeFileSync(
  output,
  `/** The WebAssembly module compiled from packages/core/kernels/assembly; made by packages/core/kernels/build.mjs. */
export const kernelBinary: string =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`,
);
console.log(`${bytes.length} bytes of WebAssembly → ${relative(process.cwd(), output)}`);
