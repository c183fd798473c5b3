import type { ModelTask, ModelTier } from './manifest.ts';

/** Tiers in the order of preference when none is asked for. */
export const tierPreference: readonly ModelTier[] = ['default', 'quality', 'fast'];

/** Tasks of models that remove blur from a single picture, which is what a tier or `auto` asks for; preferred first. */
export const deblurTasks: readonly ModelTask[] = ['motion', 'general', 'defocus'];

/** Names that ask for any model of a kind, so that no model may have them as its id. */
export const reservedModelNames: readonly string[] = [...tierPreference, 'auto'];
