import { withBase } from 'vitepress';
import { h } from 'vue';
import type { FunctionalComponent } from 'vue';

interface FigureProps {
  readonly task: string;
  readonly subject: string;
  readonly metric: string;
}

/** A recorded figure, linked to its benchmark. `npm run docs:figures` writes what it shows. */
export const Figure: FunctionalComponent<FigureProps> = ({ task, subject, metric }, { slots }) =>
  h('a', { class: 'figure', href: withBase(`/benchmarks/${task}.html`), title: `${subject}: ${metric} (npm run bench -- ${task})` }, slots['default']?.());
Figure.props = ['task', 'subject', 'metric'];
