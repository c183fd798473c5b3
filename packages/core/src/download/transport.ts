/** Reads the body of an answer piece by piece; the reader of a web stream is one. */
export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
  cancel(reason?: unknown): Promise<void>;
}

/** What a server answered; a `Response` of fetch is one. */
export interface DownloadResponse {
  readonly status: number;
  readonly statusText: string;
  /** Where it came from after redirects. */
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  readonly body: { getReader(): ByteReader } | null;
}

/** One request of a download. */
export interface DownloadRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Ask the server itself, past any HTTP cache. */
  readonly fresh: boolean;
}

/** Sends a GET request and follows redirects, as fetch does. Rejects when there is no answer. */
export type Transport = (url: URL, request: DownloadRequest) => Promise<DownloadResponse>;
