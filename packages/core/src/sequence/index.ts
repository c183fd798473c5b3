export type { SequenceState } from './sequence-state.ts';
export type { SequenceFrame, SequenceInput, SequenceOptions } from './sequence-options.ts';
