import type { Warning } from '@deblur/core';

/** A warning that something of the picture could not be kept. */
export function sourceReduced(message: string, details?: Readonly<Record<string, unknown>>): Warning {
  return { code: 'source-reduced', message, ...(details && { details }) };
}
