import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', 'benchmarks');

/** One figure of the committed results. */
export interface Result {
  readonly task: string;
  readonly subject: string;
  readonly metric: string;
  /** As recorded. */
  readonly value: string;
  readonly unit: string;
  readonly target: string;
  readonly date: string;
  /** The machine it was measured on, in words. */
  readonly machine: string;
}

/** A benchmark: what it measures and how, and what it recorded. */
export interface Task {
  readonly name: string;
  /** Its first sentence. */
  readonly title: string;
  /** What the head of its source says: protocol and command, markdown. */
  readonly protocol: string;
  readonly results: readonly Result[];
}

/** All figures of `benchmarks/results/*.csv` that name their machine in the first line. */
export function readResults(): Result[] {
  return globSync('results/*.csv', { cwd: folder }).sort().flatMap((file) => {
    const [first = '', , ...lines] = readFileSync(join(folder, file), 'utf8').split('\n');
    if (!first.startsWith('# ')) return [];
    return lines.filter(Boolean).map((line) => {
      const [task = '', subject = '', metric = '', value = '', unit = '', target = '', date = ''] = splitLine(line);
      return { task, subject, metric, value, unit, target, date, machine: first.slice(2) };
    });
  });
}

/** All benchmarks that are tasks of `npm run bench`, by name. */
export function readTasks(): Task[] {
  const results = readResults();
  return globSync('tasks/*.bench.ts', { cwd: folder }).sort().map((file) => {
    const name = basename(file, '.bench.ts');
    const protocol = readHead(readFileSync(join(folder, file), 'utf8'));
    return { name, title: firstSentence(protocol), protocol, results: results.filter(({ task }) => task === name) };
  });
}

/** The rows of a table in `benchmarks/results`, the head first. */
export function readTable(file: string): string[][] {
  return readFileSync(join(folder, 'results', file), 'utf8').split('\n').filter(Boolean).map(splitLine);
}

function splitLine(line: string): string[] {
  return line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/** The comment a source begins with, without its stars. */
function readHead(source: string): string {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  return comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '')).join('\n').trim();
}

function firstSentence(text: string): string {
  return /^[\s\S]*?(?:\.(?=\s+[A-Z]|\s*$)|\n\n|$)/.exec(text)?.[0].trim().replaceAll('\n', ' ').replaceAll('`', '').replace(/\.$/, '') ?? '';
}
