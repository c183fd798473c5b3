import { cpSync, existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vitepress';
import type { DefaultTheme } from 'vitepress';
import { readTasks } from './benchmarks/read-results.ts';
import { readReadmes } from './read-readmes.ts';
import { repositoryLinks } from './repository-links.ts';

/** Path under which the site is served, with a slash at both ends. */
const base = process.env['DOCS_BASE'] ?? '/';
const docs = join(import.meta.dirname, '..');
const playground = join(docs, '..', 'examples', 'web-playground', 'dist');

function title(page: string): string {
  return /^# (.+)$/m.exec(readFileSync(join(docs, page), 'utf8'))?.[1] ?? basename(page, '.md');
}

function listPages(pattern: string): DefaultTheme.SidebarItem[] {
  return globSync(pattern, { cwd: docs }).filter((page) => basename(page) !== 'index.md').sort()
    .map((page) => ({ text: title(page), link: `/${page.replace(/\.md$/, '')}` }));
}

function listReadmes(text: string, folder: 'packages' | 'examples'): DefaultTheme.SidebarItem[] {
  const items = readReadmes(folder).map(({ params: { name }, content }) => ({ text: /^# (.+)$/m.exec(content)?.[1] ?? name, link: `/${folder}/${name}` }));
  return items.length > 0 ? [{ text, collapsed: true, items }] : [];
}

/** Pages other authors may add: listed where they exist. */
function optional(page: string, text = existsSync(join(docs, page)) ? title(page) : ''): DefaultTheme.SidebarItem[] {
  return existsSync(join(docs, page)) ? [{ text, link: `/${page.replace(/\.md$/, '')}` }] : [];
}

const guide: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'Node', link: '/start/node' },
      { text: 'Browser', link: '/start/browser' },
      { text: 'Command line', link: '/start/command-line' },
      ...listPages('tried*.md'),
      { text: 'Playground', link: '/playground' },
    ],
  },
  {
    text: 'Guide',
    items: [
      { text: 'The blur model', link: '/guide/blur-model' },
      { text: 'Which method when', link: '/methods' },
      ...optional('models.md', 'Models'),
      { text: 'Tiles and memory', link: '/guide/tiles-and-memory' },
      { text: 'Colour and metadata', link: '/guide/colour-and-metadata' },
      { text: 'GPU set-up', link: '/guide/gpu' },
      { text: 'Performance', link: '/guide/performance' },
      ...listPages('guide/*.md').filter(({ link }) => !/blur-model|tiles-and|colour-and|gpu|performance|troubleshooting/.test(link!)),
      { text: 'Troubleshooting', link: '/guide/troubleshooting' },
    ],
  },
  {
    text: 'Extend',
    items: [
      { text: 'Your own backend', link: '/extend/backend' },
      { text: 'Your own codec', link: '/extend/codec' },
      { text: 'Your own operation', link: '/extend/operation' },
      { text: 'Your own model', link: '/extend/model' },
      { text: 'Architecture', link: '/architecture' },
    ],
  },
  { text: 'Compare', items: [{ text: 'With other software', link: '/compare' }] },
  ...listReadmes('Examples', 'examples'),
  ...listReadmes('Packages', 'packages'),
  { text: 'Decisions', collapsed: true, items: listPages('decisions/*.md') },
];

export default defineConfig({
  title: '@deblur',
  description: 'Makes blurred photographs sharp, in TypeScript.',
  base,
  lastUpdated: false,
  srcExclude: ['**/README.md'],
  head: [['meta', { name: 'theme-color', content: '#0f766e' }], ['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' }, config: (markdown) => repositoryLinks(markdown, docs) },
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  buildEnd({ outDir }) {
    // Pictures that a page links to instead of showing them.
    cpSync(join(docs, 'images'), join(outDir, 'images'), { recursive: true });
    if (existsSync(playground)) cpSync(playground, join(outDir, 'playground-app'), { recursive: true });
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start/node', activeMatch: '^/start/' },
      { text: 'Guide', link: '/guide/blur-model', activeMatch: '^/(guide/|methods|models)' },
      { text: 'Extend', link: '/extend/backend', activeMatch: '^/extend/' },
      { text: 'API', link: '/api/', activeMatch: '^/api/' },
      { text: 'Benchmarks', link: '/benchmarks/', activeMatch: '^/benchmarks/' },
      { text: 'Compare', link: '/compare' },
    ],
    sidebar: {
      '/api/': [{ text: 'Packages', items: globSync(['api/@deblur/*/index.md', 'api/@deblur/*/gpu/index.md'], { cwd: docs }).sort().map((page) => ({ text: title(page), link: `/${page.replace(/index\.md$/, '')}` })) }],
      '/benchmarks/': [
        {
          text: 'Benchmarks',
          items: [
            { text: 'All', link: '/benchmarks/' },
            ...readTasks().filter(({ results }) => results.length > 0).map(({ name }) => ({ text: name, link: `/benchmarks/${name}` })),
            { text: 'What auto chose', link: '/benchmarks/auto' },
          ],
        },
      ],
      '/': guide,
    },
  },
});
