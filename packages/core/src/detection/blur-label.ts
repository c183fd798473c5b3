/** What kind of blur a picture has. `motion` includes camera shake; `defocus` includes any blur that is alike in all directions. */
export type BlurLabel = 'sharp' | 'motion' | 'defocus';

/** All labels, in the order of the classifier's outputs. */
export const blurLabels: readonly ['sharp', 'motion', 'defocus'] = ['sharp', 'motion', 'defocus'];
