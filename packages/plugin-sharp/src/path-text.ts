const otherScheme = /^(?:(?!file:)[a-z][a-z0-9+.-]+:\/\/|(?:data|blob):)/i;

/** True for a text that names a file: a path or a `file:` URL, not a URL of another scheme. */
export function isPathText(text: string): boolean {
  return text.length > 0 && !otherScheme.test(text);
}
