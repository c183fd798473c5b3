import DefaultTheme from 'vitepress/theme';
import type { Theme } from 'vitepress';
import { Figure } from './figure.ts';
import { Playground } from './playground.ts';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('Figure', Figure);
    app.component('Playground', Playground);
  },
} satisfies Theme;
