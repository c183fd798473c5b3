// Everything there is to check. Prints a line per check, what a failing one said, and last the totals.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runCommand } from './run-command.mjs';

const report = join(root, 'node_modules', '.cache', 'vitest-report.json');
const nx = (target) => ['nx', ['run-many', '-t', target, '--outputStyle=stream']];

const CHECKS = [
  ['lock file', 'node', ['scripts/check-lock.mjs']],
  ['build', ...nx('build')],
  ['types', 'npm', ['run', '--silent', 'typecheck']],
  ['lint', 'eslint', ['.']],
  ['unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
  ['packed packages', ...nx('package-check')],
  ['bundle contents', 'node', ['scripts/check-bundles.mjs']],
  ['bundle sizes', 'size-limit', ['--silent']],
  ['size of a page', 'node', ['scripts/check-page-size.mjs']],
  ['documentation', 'npm', ['run', '--silent', 'docs:build']],
  ['unused code', 'knip', []],
  ['release', 'node', ['scripts/check-release.mjs']],
  ['licences', 'node', ['scripts/list-licences.mjs', '--check']],
  ['integrations', 'node', ['integrations/smoke.mjs']],
];

/** Tests that passed and failed in vitest's report; undefined if it never came to write one. */
function readReport() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return undefined;
  }
}

mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
rmSync(report, { force: true });
let passed = 0;
let failed = 0;
for (const [name, command, args] of CHECKS) {
  const start = performance.now();
  let { status, output } = await runCommand(command, args, { env: { REQUIRE_CHROMIUM: '1', REQUIRE_FFMPEG: '1' } });
  if (command === 'vitest' && status !== 0 && !readReport()) {
    console.log(`The test runner itself broke down, which says nothing of the tests; it is run once more.\n${output.slice(-1000).trimEnd()}`);
    ({ status, output } = await runCommand(command, args, { env: { REQUIRE_CHROMIUM: '1', REQUIRE_FFMPEG: '1' } }));
  }
  const counts = (command === 'vitest' && readReport()) || { passed: Number(status === 0), failed: 0 };
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  passed += counts.passed;
  failed += counts.failed;
  if (status !== 0) console.log(output.trimEnd());
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name}, ${Math.round((performance.now() - start) / 1000)} s`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
