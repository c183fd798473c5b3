import type { DownloadResponse } from './transport.ts';

/** First byte and length of the whole file that a `Content-Range: bytes 5-9/10` speaks of; the length may be unknown. */
export function parseContentRange(header: string | null): { readonly start: number; readonly total?: number } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header?.trim() ?? '');
  if (!match) return undefined;
  return match[2] === '*' ? { start: Number(match[1]) } : { start: Number(match[1]), total: Number(match[2]) };
}

/** The length of the whole file as an answer to a request from `start` declares it; 0 if it does not. */
export function declaredLength(response: DownloadResponse, start: number): number {
  if (isEncoded(response)) return 0;
  const total = response.status === 206 ? parseContentRange(response.headers.get('Content-Range'))?.total : undefined;
  if (total !== undefined) return total;
  const length = Number(response.headers.get('Content-Length') ?? 0);
  return length > 0 ? start + length : 0;
}

/** What names the version of the file, for going on later; undefined where the server does not allow it. */
export function findValidator(response: DownloadResponse): string | undefined {
  const { headers, status } = response;
  if (isEncoded(response) || (status !== 206 && headers.get('Accept-Ranges') !== 'bytes')) return undefined;
  const tag = headers.get('ETag');
  return (tag?.startsWith('W/') ? undefined : tag) ?? headers.get('Last-Modified') ?? undefined;
}

// The length of an encoded (compressed) body is not that of the file, and its ranges are not the file's.
function isEncoded({ headers }: DownloadResponse): boolean {
  return (headers.get('Content-Encoding') ?? 'identity') !== 'identity';
}
