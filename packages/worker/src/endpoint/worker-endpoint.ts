/**
 * One end of a line of messages: a Web Worker or the scope inside it, a MessagePort, or a Worker or MessagePort of
 * `node:worker_threads`.
 */
export interface WorkerEndpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  /** Browsers and MessagePorts. */
  addEventListener?(type: string, listener: (event: never) => void): void;
  /** Workers of Node. */
  on?(event: string, listener: (value: never) => void): unknown;
  /** MessagePorts deliver nothing before. */
  start?(): void;
  close?(): void;
  terminate?(): unknown;
}
