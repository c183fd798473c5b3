import { readTasks } from '../.vitepress/benchmarks/read-results.ts';

interface Summary {
  readonly name: string;
  readonly title: string;
  readonly figures: number;
}

declare const data: readonly Summary[];
export { data };

export default {
  watch: ['../../benchmarks/results/*.csv', '../../benchmarks/tasks/*.bench.ts'],
  load: (): readonly Summary[] => readTasks().map(({ name, title, results }) => ({ name, title, figures: results.length })),
};
