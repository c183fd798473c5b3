/** What a warning is about. */
export type WarningCode =
  /** A provider gave wrong numbers or could not run the model; another one was used. */
  | 'provider-demoted'
  /** A tile came back non-finite or far from its input; the input was kept there. */
  | 'tile-kept'
  /** Memory ran out; smaller tiles were used. */
  | 'tile-reduced'
  /** The device was lost and the session was rebuilt. */
  | 'session-rebuilt'
  /** Something of the source could not be kept (colour space, metadata, depth, pages). */
  | 'source-reduced'
  /** The model is not meant for what was asked. */
  | 'model-unsuitable'
  /** The model was never run by the project; its manifest is what its publisher says. */
  | 'model-unverified'
  /** The processor's cores cannot all be used. */
  | 'threads-limited'
  /** The requested option had to be changed. */
  | 'option-changed';

/** A degradation that did not stop the work. Warnings are part of the result, never only printed. */
export interface Warning {
  readonly code: WarningCode;
  /** One sentence for a person. */
  readonly message: string;
  /** Machine-readable facts. */
  readonly details?: Readonly<Record<string, unknown>>;
}
