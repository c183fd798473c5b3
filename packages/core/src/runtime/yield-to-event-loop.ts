/**
 * Lets timers, input and rendering run before the caller goes on. Long loops call it between chunks of a few
 * milliseconds. Uses a message channel, because nested timers are clamped to 4 ms in browsers.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    // Node's types leave the property out that Node and browsers have.
    (port1 as unknown as { onmessage: () => void }).onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
