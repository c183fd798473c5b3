import { withBase } from 'vitepress';
import { defineComponent, h } from 'vue';

/** The playground in a frame of this site; `built` says whether it was there when the site was built. */
export const Playground: ReturnType<typeof defineComponent> = defineComponent({
  props: { built: { type: Boolean, required: true } },
  setup: (props) => () => (props['built']
    ? h('iframe', { class: 'playground', src: withBase('/playground-app/index.html'), title: 'Playground', allow: 'clipboard-write; fullscreen' })
    : h('p', { class: 'custom-block warning' }, 'This copy of the site was built without the playground.')),
});
