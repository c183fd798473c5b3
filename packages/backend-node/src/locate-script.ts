/**
 * URL of a script of this package that runs in a thread or process of its own. Running from source it is a .ts file,
 * built it is a .js file beside the bundle.
 *
 * @param name path without extension, relative to the package's source or dist folder
 */
export function locateScript(name: 'worker/worker' | 'probe/probe-child'): URL {
  return new URL(`./${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
}
