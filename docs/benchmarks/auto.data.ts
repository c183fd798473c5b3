import { readTable } from '../.vitepress/benchmarks/read-results.ts';

declare const data: readonly (readonly string[])[];
export { data };

export default {
  watch: ['../../benchmarks/results/auto-lai2016.csv'],
  load: (): readonly (readonly string[])[] => readTable('auto-lai2016.csv'),
};
