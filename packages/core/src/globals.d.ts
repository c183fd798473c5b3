/**
 * The web globals core may use: those that exist unchanged in browsers, workers, Node, Deno and Bun.
 * Core is compiled without DOM and Node types, so anything not listed here is a compile error.
 */
interface EventListenerOptionsLike {
  once?: boolean;
}

declare class AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: EventListenerOptionsLike): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  static any(signals: readonly AbortSignal[]): AbortSignal;
  static abort(reason?: unknown): AbortSignal;
  static timeout(milliseconds: number): AbortSignal;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URL {
  constructor(url: string, base?: string | URL);
  readonly href: string;
  readonly protocol: string;
  readonly pathname: string;
  static canParse(url: string, base?: string): boolean;
  toString(): string;
}

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: Uint8Array): string;
}

declare class MessageChannel {
  readonly port1: MessagePortLike;
  readonly port2: MessagePortLike;
}

interface MessagePortLike {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

declare const performance: { now(): number };
declare const crypto: { readonly subtle?: { digest(algorithm: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> } };

declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
declare function clearTimeout(handle: unknown): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
