import type { ModelTask, ModelTier } from './manifest.ts';

/** Tiers in the order of preference when none is asked for. */
export const tierPreference: readonly ModelTier[] = ['default', 'quality', 'fast'];

/** For each tier the tiers that stand in for it where it has no model, nearest first. */
export const nearTiers: Readonly<Record<ModelTier, readonly ModelTier[]>> = {
  fast: ['fast', 'default', 'quality'], default: ['default', 'fast', 'quality'], quality: ['quality', 'default', 'fast'],
};

/** Tasks of models that remove blur from a single picture, which is what a tier or `auto` asks for; preferred first. */
export const deblurTasks: readonly ModelTask[] = ['motion', 'general', 'defocus'];

/** Names that ask for any model of a kind, so that no model may have them as its id. */
export const reservedModelNames: readonly string[] = [...tierPreference, 'auto'];
