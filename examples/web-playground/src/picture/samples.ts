/** A picture that comes with the page. */
export interface Sample {
  readonly title: string;
  readonly url: URL;
  /** What was done to it, where that is known: restored best like this. */
  readonly psf?: { readonly length: number; readonly angle: number };
}

/** Real motion blur, and a blur that is known exactly. */
export const samples: readonly Sample[] = [
  { title: 'Towels', url: new URL('../../../demo/pictures/towels-blurred.png', import.meta.url) },
  { title: 'Key rings', url: new URL('../../../demo/pictures/keyrings-blurred.png', import.meta.url) },
  { title: 'Basketball', url: new URL('../../../demo/pictures/basketball-blurred.png', import.meta.url) },
  { title: 'Known motion', url: new URL('../../samples/known-motion.png', import.meta.url), psf: { length: 15, angle: 30 } },
];
