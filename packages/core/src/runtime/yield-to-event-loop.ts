/**
 * Lets timers, input and rendering run before the caller goes on. Long loops call it between chunks of a few
 * milliseconds. Uses a message channel, because nested timers are clamped to 4 ms in browsers.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (): void => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
