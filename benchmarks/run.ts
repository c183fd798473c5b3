/** `npm run bench -- <task> [arguments]`; without a task, lists them. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';

const folder = fileURLToPath(new URL('tasks/', import.meta.url));
const tasks = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length)).sort();
const [task] = process.argv.splice(2, 1);
if (task && tasks.includes(task)) {
  await import(pathToFileURL(join(folder, `${task}.bench.ts`)).href);
} else {
  console.error(`Name a task: npm run bench -- <task>\n  ${tasks.join('\n  ')}`);
  process.exitCode = 2;
}
