import type { EndpointEvent, WorkerEndpoint } from './worker-endpoint.ts';

/** What can be heard at an endpoint. */
export interface EndpointListeners<Message> {
  onMessage(message: Message): void;
  /** The other end failed, in words; it may say nothing more. */
  onFailure?(message: string): void;
  /** The other end is gone. */
  onClose?(): void;
}

/** Listens at an endpoint of any kind. */
export function listen<Message>(endpoint: WorkerEndpoint, { onMessage, onFailure, onClose }: EndpointListeners<Message>): void {
  const fail = (error: EndpointEvent): void => {
    error.preventDefault?.();
    onFailure?.(error.message ?? '');
  };
  const unreadable = (): void => onFailure?.('a message could not be read');
  if (endpoint.addEventListener) {
    endpoint.addEventListener('message', ({ data }) => onMessage(data as Message));
    endpoint.addEventListener('messageerror', unreadable);
    // In a worker's own scope, errors are those of its script, which the page hears of.
    if (endpoint.terminate) endpoint.addEventListener('error', fail);
    endpoint.addEventListener('close', () => onClose?.());
    endpoint.start?.();
  } else {
    endpoint.on?.('message', (message) => onMessage(message as Message));
    endpoint.on?.('messageerror', unreadable);
    endpoint.on?.('error', (error) => fail(error as Error));
    endpoint.on?.('exit', () => onClose?.());
  }
}
