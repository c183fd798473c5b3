import { readTasks } from './benchmarks/read-results.ts';
import type { Task } from './benchmarks/read-results.ts';

/** A benchmark that runs another program beside this SDK. */
export interface Peer {
  readonly name: string;
  /** What it does, as HTML. */
  readonly protocol: string;
  /** Who ran. */
  readonly subjects: readonly string[];
  /** For each metric a figure for each subject; empty where it has none. */
  readonly rows: readonly { readonly metric: string; readonly values: readonly string[] }[];
}

declare const data: readonly Peer[];
export { data };

/** The benchmarks named `peer-…` that have figures of more than one program. */
export default {
  watch: ['../../benchmarks/results/*.csv', '../../benchmarks/tasks/peer-*.bench.ts'],
  load: (): readonly Peer[] => readTasks().filter(({ name }) => name.startsWith('peer-')).map(toPeer).filter(({ subjects }) => subjects.filter((subject) => subject !== 'blurred').length > 1),
};

function toPeer({ name, protocol, results }: Task): Peer {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  const metrics = [...new Set(results.map(({ metric }) => metric))];
  const rows = metrics.map((metric) => ({
    metric,
    values: subjects.map((wanted) => {
      const found = results.find((result) => result.metric === metric && result.subject === wanted);
      return found ? `${found.value} ${found.unit}`.trim() : '';
    }),
  }));
  return { name, protocol: toHtml(protocol), subjects, rows };
}

/** Paragraphs and code of the head of a source; the command is shown apart. */
function toHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').split(/\n\n+/).filter((part) => !part.startsWith('    '))
    .map((part) => `<p>${part.replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`).join('');
}
