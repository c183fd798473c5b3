/** What a probing process prints. */
export interface ProbeAnswer {
  /** How far it came: `done`, or where it failed. */
  readonly stage: 'import' | 'run' | 'done';
  /** Failure in the runtime's words. */
  readonly message?: string;
  /** Node's error code. */
  readonly code?: string;
  /** Version of onnxruntime-node. */
  readonly version?: string;
}
