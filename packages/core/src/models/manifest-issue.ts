/** One fault of a manifest. */
export interface ManifestIssue {
  /** JSON pointer (RFC 6901) to the member at fault, or to where a missing one belongs; `''` is the whole manifest. */
  readonly pointer: string;
  /** What is wrong and what would be right, to be read after the pointer and a colon. */
  readonly message: string;
}

/** Pointer to a member of what `pointer` points at. */
export function joinPointer(pointer: string, member: string | number): string {
  return `${pointer}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
