import { readTasks } from '../.vitepress/benchmarks/read-results.ts';
import type { Result, Task } from '../.vitepress/benchmarks/read-results.ts';

/** A page for each benchmark that has recorded figures. */
export default {
  watch: ['../../benchmarks/results/*.csv', '../../benchmarks/tasks/*.bench.ts'],
  paths: () => readTasks().filter(({ results }) => results.length > 0).map((task) => ({ params: { task: task.name }, content: renderTask(task) })),
};

function renderTask({ name, protocol, results }: Task): string {
  const machines = [...new Set(results.map(({ machine }) => machine))];
  const command = protocol.includes(`npm run bench -- ${name}`) ? '' : `\n\n    npm run bench -- ${name}`;
  const text = escape(protocol + command).replaceAll(/^ {4}(npm .+)$/gm, '```sh\n$1\n```');
  const tables = machines.map((machine) => `## ${machine}\n\n${renderTable(results.filter((result) => result.machine === machine))}`);
  return [`# ${name}`, text, ...tables].join('\n\n');
}

function renderTable(results: readonly Result[]): string {
  const rows = results.map(({ subject, metric, value, unit, target, date }) => [subject, metric, `${value} ${unit}`.trim(), target, date]);
  return [['Subject', 'Metric', 'Value', 'Asked for', 'Measured'], ['---', '---', '---:', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => escape(cell).replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** Text that is not to be taken for HTML or a template. */
function escape(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('{{', '{&#123;');
}
