/** Option of commands that print one JSON document when asked. */
export interface JsonOption {
  readonly json: boolean;
}
