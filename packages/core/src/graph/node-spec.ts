/**
 * One node of a pre or post graph as written in a manifest. A graph is a list in topological order; a node without
 * `inputs` takes the node before it (the first one takes the picture, or in a post graph the model's image output).
 * `source` names the tile as it came from the picture; `input` and any tensor name of the model are reserved too: in a
 * post graph they stand for the picture as given to the model and for what it returned.
 */
export interface GraphNodeSpec {
  /**
   * Name of the operation: `convert`, `transfer`, `channels`, `recolour`, `normalise`, `clamp`, `layout`, `resize`, `pad`,
   * `crop`, `residual`, `blend`, or one that a plugin adds.
   */
  readonly op: string;
  /** Name by which later nodes refer to this one. */
  readonly id?: string;
  /** Names of the nodes it takes, in order. */
  readonly inputs?: readonly string[];
  /** Parameters of the operation. */
  readonly [parameter: string]: unknown;
}
