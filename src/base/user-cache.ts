/** The user's cache folder. In its own file, for code that runs before the settings are loaded. */

import { homedir } from 'node:os'
import path from 'node:path'

/** `~/.cache/docspool`, or a folder in `XDG_CACHE_HOME` (XDG Base Directory Specification). */
export function cacheFolderOf(environment: Record<string, string | undefined>): string {
  const given = environment.XDG_CACHE_HOME ?? ''
  return path.join(path.isAbsolute(given) ? given : path.join(homedir(), '.cache'), 'docspool')
}
