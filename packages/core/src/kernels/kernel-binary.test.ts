import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const build = join(import.meta.dirname, '..', '..', 'kernels', 'build.mjs');

describe('kernelBinary', () => {
  it('is what the kernel sources compile to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
    try {
      const output = join(folder, 'kernel-binary.ts');
      execFileSync(process.execPath, [build, output]);
      expect(readFileSync(output, 'utf8')).toBe(readFileSync(join(import.meta.dirname, 'kernel-binary.ts'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
