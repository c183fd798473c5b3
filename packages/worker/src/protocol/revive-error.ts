import {
  AbortedError, DeblurError, DeviceLostError, DisposedError, EstimateRefusedError, ImageError, IntegrityError, InvalidArgumentError, LimitError,
  ManifestError, ModelError, ModelNotFoundError, OutOfMemoryError, OutputError, UnsupportedError,
} from '@deblur/core';
import type { SerialisedError } from './serialise-error.ts';

const kinds = [
  DeviceLostError, DisposedError, EstimateRefusedError, ImageError, IntegrityError, InvalidArgumentError, LimitError, ManifestError, ModelError,
  ModelNotFoundError, OutOfMemoryError, OutputError, UnsupportedError,
] as const;

/** Puts an error together again: the same class of the SDK, or an `Error` of that name. */
export function reviveError({ name, message, code, details, cause: sentCause }: SerialisedError): Error {
  const cause = sentCause && reviveError(sentCause);
  if (code === undefined) return Object.assign(new Error(message, cause && { cause }), { name });
  if (code === AbortedError.code) return new AbortedError(cause);
  const options = { ...(cause && { cause }), ...(details && { details }) };
  const Kind = kinds.find((candidate) => candidate.code === code);
  return Kind ? new Kind(message, options) : new DeblurError(code, message, options);
}
