/** The user's cache folder. Separate from the settings, for code that runs before they are loaded. */

import { homedir } from 'node:os'
import path from 'node:path'

/** XDG Base Directory Specification: `~/.cache/docspool`, unless `XDG_CACHE_HOME` names another place. */
export function cacheFolderOf(environment: Record<string, string | undefined>): string {
  const given = environment.XDG_CACHE_HOME ?? ''
  return path.join(path.isAbsolute(given) ? given : path.join(homedir(), '.cache'), 'docspool')
}
