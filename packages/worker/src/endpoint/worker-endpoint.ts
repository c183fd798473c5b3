/** As much of an event as is looked at. */
export interface EndpointEvent {
  readonly data?: unknown;
  readonly message?: string;
  preventDefault?(): void;
}

/**
 * One end of a line of messages: a Web Worker or the scope inside it, a MessagePort, or a Worker or MessagePort of
 * `node:worker_threads`.
 */
export interface WorkerEndpoint {
  /** `transfer` holds what is given away; its type differs between browsers and Node. */
  postMessage(message: unknown, transfer: never[]): void;
  /** Browsers and MessagePorts. */
  addEventListener?(type: string, listener: (event: EndpointEvent) => void): void;
  /** Workers of Node. */
  on?(event: string, listener: (value: unknown) => void): unknown;
  /** MessagePorts deliver nothing before. */
  start?(): void;
  close?(): void;
  terminate?(): unknown;
}
