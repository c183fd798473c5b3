import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The facts that decide where caches are. */
export interface CachePlatform {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/**
 * The folder for downloaded model files: `DEBLUR_CACHE` if set, else by the platform's convention: `$XDG_CACHE_HOME/deblur` or
 * `~/.cache/deblur` (XDG base directory specification), `~/Library/Caches/deblur` on macOS, `%LOCALAPPDATA%\deblur\Cache` on
 * Windows. It need not exist.
 *
 * @param here default: this process
 */
export function defaultCacheFolder(here: CachePlatform = { platform: process.platform, env: process.env, home: homedir() }): string {
  const { platform, env, home } = here;
  if (env['DEBLUR_CACHE']) return env['DEBLUR_CACHE'];
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'deblur', 'Cache');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'deblur');
  // Relative paths there are to be ignored, says the specification.
  const base = env['XDG_CACHE_HOME'];
  return posix.join(base && posix.isAbsolute(base) ? base : posix.join(home, '.cache'), 'deblur');
}
