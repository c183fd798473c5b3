import { readTasks } from './benchmarks/read-results.ts';
import type { Task } from './benchmarks/read-results.ts';

declare const data: readonly Task[];
export { data };

/** The benchmarks that run another program beside this SDK, by name `peer-…`. */
export default {
  watch: ['../../benchmarks/results/*.csv', '../../benchmarks/tasks/peer-*.bench.ts'],
  load: (): readonly Task[] => readTasks()
    .filter(({ name, results }) => name.startsWith('peer-') && results.length > 0)
    .map((task) => ({ ...task, protocol: toHtml(task.protocol) })),
};

/** Paragraphs and code of the head of a source; the command is shown apart. */
function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').split(/\n\n+/).filter((part) => !part.startsWith('    '))
    .map((part) => `<p>${part.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('');
}
