const firstMs = 500;
const longestMs = 30_000;

/**
 * Pause before the next attempt, in milliseconds: 0.5 s doubled with each failure up to 30 s, of which a random part of up
 * to a half is left out, so that many clients do not come back at once. What the server asks for is the least.
 *
 * @param failures attempts that failed before, 0 for the first pause
 * @param retryAfterMs what the server asked for
 * @param random a number of [0,1)
 */
export function retryDelay(failures: number, retryAfterMs = 0, random: number = Math.random()): number {
  return Math.max(retryAfterMs, Math.min(longestMs, firstMs * 2 ** failures) * (1 - random / 2));
}

/**
 * Milliseconds that a `Retry-After` header asks to wait: seconds, or a date (RFC 9110 §10.2.3). Undefined for none or another form.
 * @param now milliseconds since 1970
 */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
